"""Who says it, and through whom."""

import pytest

from claims.spotting import Role

from .helpers import last, sentences, suggestions, who, words

KURSK = (
    "The New York Times reported, citing Ukrainian and US officials, that North Korean soldiers "
    "had left the front in the Kursk region after heavy losses. "
    "Sky News was told by a commander with the call sign Puls that they had not been seen for "
    "about two weeks. "
    "Andriy Kovalenko, head of the Center for Countering Disinformation, confirmed that the losses "
    "were heavy. "
    "Kovalenko also pointed out that it was too early to rule out their return. "
    "According to him, the units are being regrouped."
)


def test_a_paper_that_cites_officials_passes_on_what_the_officials_say():
    first = who(KURSK)[0]
    assert first == {Role.VIA: "New York Times", Role.ORIGIN: "Ukrainian and US officials"}


def test_a_station_that_was_told_by_a_commander_passes_on_what_the_commander_says():
    second = who(KURSK)[1]
    assert second[Role.VIA] == "Sky News"
    assert second[Role.CLAIMANT] == "commander with the call sign Puls"


def test_a_name_set_off_from_its_verb_by_an_apposition_still_speaks():
    assert who(KURSK)[2] == {Role.CLAIMANT: "Andriy Kovalenko"}


def test_a_surname_and_a_pronoun_lead_back_to_the_full_name():
    assert [chain[Role.CLAIMANT] for chain in who(KURSK)[2:]] == ["Andriy Kovalenko"] * 3


def test_links_stand_in_reading_order_and_point_at_the_words_that_justify_them():
    via, origin = sentences(KURSK)[0].chain
    assert words(KURSK, via) == "The New York Times reported"
    assert words(KURSK, origin) == "citing Ukrainian and US officials"


def test_a_bare_statement_is_the_articles_own_voice_and_says_so():
    (statement,) = suggestions("The bridge was closed on Monday.")
    assert statement.own_voice
    assert statement.chain == ()


ONE_SENTENCE = [
    ("Prices will fall, predicted Ann Lee, the bank's chief economist.", "Ann Lee"),
    ("The bank's chief economist, Ann Lee, predicted that prices would fall.", "Ann Lee"),
    ("The council has on numerous occasions condemned the plan, calling for a stop.", "council"),
    ("Mr Jones, who lost his seat last year, said the vote was unfair.", "Jones"),
    ("The Ministry of Transport denied the report.", "Ministry of Transport"),
    ("Kemp, for his part, has described Turner as a “loud man.”", "Kemp"),
    ("“It was,” said Mary Stone, “the worst day of my life.”", "Mary Stone"),
    ("Secretary of State Ann Hill said the talks had failed.", "Ann Hill"),
    ("Officials familiar with the matter said it was dead.", "Officials familiar with the matter"),
    ("The toll rose overnight, with Hull saying 40 people had died.", "Hull"),
]


@pytest.mark.parametrize(("text", "name"), ONE_SENTENCE)
def test_the_speaker_is_found_wherever_the_sentence_puts_them(text: str, name: str):
    assert last(text)[Role.CLAIMANT] == name


FAR_AND_ODD_SUBJECTS = [
    ("Engineers who inspected the dam last week said it could fail.", "Engineers"),
    ("Engineers inspecting the dam said it could fail.", "Engineers"),
    ("Officers called to the scene said nobody was hurt.", "Officers"),
    ("A source close to the family said the boy was well.", "source close to the family"),
    ("Dozens of passengers said the train had shaken.", "Dozens of passengers"),
    ("Another said he had seen smoke.", "Another"),
    ("Some complained that the buses never came.", "Some"),
    ("Both men deny murder.", "Both men"),
    ("As Mr Ward put it: “There is no plan.”", "Ward"),
    ("Reed went on to say that the tax was unfair.", "Reed"),
    ("Asked whether the plan was dead, the minister replied that it was not.", "minister"),
    ("The police force has since apologised.", "police force"),
    ("The palace confirmed in a statement that the king was well.", "palace"),
    ("The claims were dismissed by the Kremlin as nonsense.", "Kremlin"),
    ("The Rail Workers' Union says the line is unsafe.", "Rail Workers' Union"),
    ("Mr Reed rang the police. “He was shouting,” said his wife, Ann.", "Ann"),
    ("The council issued an advisory in May warning that the water was bad.", "council"),
    ("Iranian state TV said 40 people had died.", "Iranian state TV"),
    ("The tax is fair, according to figures kept by the Hill Institute.", "Hill Institute"),
]


@pytest.mark.parametrize(("text", "name"), FAR_AND_ODD_SUBJECTS)
def test_whoever_speaks_is_found_past_clauses_participles_and_quantities(text: str, name: str):
    assert last(text)[Role.CLAIMANT] == name


OWN_VOICE = [
    "Five people died in the crash on Monday.",
    "The judge ordered the company to pay $5 million.",
    "The firm uses a digital coin called Zed for payments.",
    "The minister did not say who had paid.",
    "No group has claimed responsibility.",
    "The firm called off its plan in March.",
    "The video shows two men near the gate.",
    "Other reports date from 2016.",
    "The judge dismissed the lawsuit.",
    "The city declared a state of emergency.",
    "Ann Lee, who announced her retirement in May, lives in Hill.",
    "A third of the plan went according to schedule.",
    "The tank was filled to 92 per cent of capacity.",
]


@pytest.mark.parametrize("text", OWN_VOICE)
def test_what_nobody_says_is_attributed_to_nobody(text: str):
    assert last(text) == {}


THROUGH = [
    (
        "The boy was stable, Anna Cole, the medical director, told NBC News the same day.",
        "Anna Cole",
        "NBC News",
    ),
    (
        "A White House official told CNN's Ann Lee that the trip was off.",
        "White House official",
        "CNN",
    ),
    ("Reed told BBC Radio 4's Today programme he would go.", "Reed", "BBC Radio"),
    ("In an email to The Verge, Reed said he would go.", "Reed", "Verge"),
    ("“The camp is full,” Reed told KTLA.", "Reed", "KTLA"),
    (
        "Reed was quoted as saying by the Tass news agency that the plant was old.",
        "Reed",
        "Tass news agency",
    ),
    ("Smith told the Evening Post in an interview that he would go.", "Smith", "Evening Post"),
    (
        "In an interview with the Evening Post, Smith said that he would go.",
        "Smith",
        "Evening Post",
    ),
    ("Smith said the plan was dead, the Evening Post reported.", "Smith", "Evening Post"),
    ("The Times quoted Mr Jones as saying the plan was mad.", "Jones", "Times"),
    ("Mr Jones was quoted by the Times as saying the plan was mad.", "Jones", "Times"),
    (
        "According to The Lakeside Robin, the town's student paper, Hill College stated that 70 "
        "people had seen it.",
        "Hill College",
        "Lakeside Robin",
    ),
]


@pytest.mark.parametrize(("text", "name", "outlet"), THROUGH)
def test_the_outlet_that_carried_the_words_is_the_via(text: str, name: str, outlet: str):
    assert last(text) == {Role.CLAIMANT: name, Role.VIA: outlet}


def test_citing_at_the_head_of_a_sentence_names_the_origin():
    chain = last("Citing two aides, Bloomberg reported that the bank would close.")
    assert chain == {Role.ORIGIN: "two aides", Role.VIA: "Bloomberg"}


@pytest.mark.parametrize("listener", ["the FBI", "NATO", "Lee"])
def test_an_office_that_is_told_something_is_no_outlet(listener: str):
    assert last(f"Reed told {listener} that he would go.") == {Role.CLAIMANT: "Reed"}


def test_a_reporter_for_an_outlet_speaks_for_themselves():
    text = "A journalist for Agence France-Presse said that the car was white. He said it was fast."
    assert "journalist" in last(text)[Role.CLAIMANT]


def test_an_outlet_that_names_no_source_is_the_claimant_itself():
    assert last("The minister will resign on Friday, Politico reported.") == {
        Role.CLAIMANT: "Politico"
    }


def test_talking_to_the_publisher_of_the_article_is_no_detour():
    text = "Smith told the Evening Post that he would go."
    assert last(text, publisher="www.eveningpost.example") == {Role.CLAIMANT: "Smith"}


def test_a_quotation_that_goes_on_keeps_its_speaker_into_the_next_paragraph():
    text = (
        "Tina Moss saw it all. “The car came from the left,” she said.\n"
        "“It never braked. It just went on.\n"
        "“I still hear the noise.”"
    )
    chains = who(text)
    assert [chain[Role.CLAIMANT] for chain in chains[1:]] == ["Tina Moss"] * 4


def test_a_quotation_split_by_its_speaker_belongs_to_one_person_throughout():
    text = "“We take pride in this,” Reed said. “Our team is looking into it.”"
    assert [chain[Role.CLAIMANT] for chain in who(text)] == ["Reed", "Reed"]


def test_she_is_never_a_man_and_he_is_never_a_woman():
    text = "Mr Hall met Ms Vance on Monday. She said the talks went well. He said they had failed."
    assert [chain.get(Role.CLAIMANT) for chain in who(text)] == [None, "Vance", "Hall"]


def test_the_company_is_the_company_named_before():
    text = "The bank Lorden lost $5 million. Its rival, Tarn, did not. The company said so."
    assert last("The bank Lorden lost $5 million. The bank said 40 people would go.") == {
        Role.CLAIMANT: "Lorden"
    }
    assert Role.CLAIMANT in last(text)


def test_when_somebody_spoke_is_no_attribution():
    assert last("The shares fell a day after Mr Carr announced his retirement.") == {}


FOLLOWED = [
    ("Nordair lost $4 million. It said it would cut 40 jobs.", "Nordair"),
    ("Nordair, the country's biggest airline, shut. The carrier said it was broke.", "Nordair"),
    ("Ann Lee, head of Nordair, left. The airline said she was ill.", "Nordair"),
    ("Facebook closed the group. The social network said it broke its rules.", "Facebook"),
    ("Yonhap reported the launch on Monday. The agency said it had failed.", "Yonhap"),
    ("Officials closed the road. They said it would open on Monday.", "Officials"),
    ("Prime Minister Ann Lee flew home. The prime minister said she was ill.", "Ann Lee"),
    ("Sheriff Ann Lee spoke on Monday. The sheriff said the man was dead.", "Ann Lee"),
    ("Tom Reed won the seat in 2004. The Democrat said he would not stand again.", "Tom Reed"),
    ("Tom Reed won in 2004. The 46-year-old South African said he was tired.", "Tom Reed"),
    ("Lordex's former head, Richard Hall, resigned. He said he was sorry.", "Richard Hall"),
]


@pytest.mark.parametrize(("text", "name"), FOLLOWED)
def test_pronouns_and_descriptions_lead_back_to_whoever_was_named(text: str, name: str):
    assert last(text)[Role.CLAIMANT] == name


def test_his_wife_is_not_he():
    assert last("Mr Reed left early. His wife said he was ill.") == {Role.CLAIMANT: "His wife"}


def test_a_quotation_alone_in_its_paragraph_belongs_to_the_speaker_of_the_next():
    text = "The bridge was closed.\n“It was over in a moment.”\n“I ran to the bank,” Tom Reed said."
    assert who(text)[1] == {Role.CLAIMANT: "Tom Reed"}
