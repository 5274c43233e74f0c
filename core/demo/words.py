"""Invented names, and what coordinators write about cases: plain sentences that tell nobody who it is."""

from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES: Final = _words(
    "Adela Agnes Alice Alma Amara Andrés Anita Arturo Beatriz Ben Bernadette Caleb Camila Carla Celia Clara Cora "
    "Daniel Delia Diego Dolores Edith Elias Elise Emil Esteban Esther Eva Felicia Fernando Frances Gloria Grace "
    "Gustavo Hannah Hector Helen Ines Irene Isaac Ivy Jamal Janet Joaquín Joel Josefa Judith Julia Karen Kofi Laura "
    "Leah Leo Lidia Lourdes Lucía Luther Magda Malik Marcus Margot Mateo Maya Mercedes Milo Miriam Naomi Nestor Noel "
    "Nora Octavio Olive Omar Paloma Paul Petra Priya Quentin Rachel Ramón Rebeca Rita Rosalind Rubén Ruth Samuel "
    "Sandra Silvia Simon Sofía Stella Teresa Theo Tobias Ursula Vera Victor Violet Xavier Yolanda Yusuf Zoe"
)
LAST_NAMES: Final = _words(
    "Abeyta Aguilar Alarcón Anaya Archuleta Armijo Baca Barela Becker Begay Benavidez Boyd Bustos Carrillo Chávez "
    "Chee Clark Cordova Cruz Dawson Duran Ellis Esquibel Fischer Flores Gallegos García Griego Gutiérrez Hale Hayes "
    "Herrera Hughes Jaramillo Kaplan Keller Lang León Lovato Lucero Maestas Martin Mata Montaño Moore Mora Nguyen "
    "Ochoa Olguín Ortega Otero Padilla Parker Peña Quintana Reed Reyes Rivera Romero Ross Salas Sánchez Sena Shaw "
    "Silva Sloan Tafoya Torres Trujillo Tsosie Ulibarri Valdez Vargas Vigil Wade Walsh Webb Yazzie Young Zamora"
)

SUMMARIES: Final[dict[str, tuple[str, ...]]] = {
    "asylum": (
        "A parent asks for asylum with two children. The story is written down in part; evidence from home is coming.",
        "A young adult asks for asylum after threats at home. No application has been filed yet.",
        "A person asks for asylum after years of violence in the family. A psychologist has agreed to write a report.",
    ),
    "asylee_relative": ("A refugee wants the spouse and one child to follow. The papers from abroad are complete.",),
    "asylee_adjustment": ("Asylum was granted more than a year ago. Residence can be asked for now.",),
    "relative_petition": (
        "A citizen files for a parent. The birth certificate needs a translation.",
        "A resident files for a spouse. Both live here, and their documents are in order.",
    ),
    "family_adjustment": (
        "A spouse of a citizen asks for residence from within the country. The entry was lawful.",
        "A parent of a citizen asks for residence. There is an old missed hearing to look at first.",
    ),
    "consular_processing": ("The petition is approved, and the interview will be abroad. The family needs guidance.",),
    "provisional_waiver": ("A spouse needs the waiver before travelling. Hardship to a parent has to be shown.",),
    "remove_conditions": ("The marriage has ended. The conditions on residence can still be removed with good proof.",),
    "fiance_petition": ("A citizen wants to bring a partner here to marry. They have met many times.",),
    "cancellation_resident": ("A resident of many years is in proceedings after one old conviction.",),
    "cancellation_nonresident": (
        "A parent of three citizen children has been here for over ten years. One child is seriously ill.",
    ),
    "bond": (
        "A detained parent asks for release on bond. Family and an employer are ready to write letters.",
        "A detained young adult asks for bond. A sponsor with a home is found.",
    ),
    "motion_reopen": ("An order was made in absence after the notice went to an old address.",),
    "bia_appeal": ("The judge denied the case from the bench. The notice of appeal is due soon.",),
    "asylum_defence": (
        "A family is before the immigration court after threats by an armed group. The declaration is a first draft.",
        "A person who speaks up for land rights at home asks the court for asylum. Witnesses are willing.",
        "A parent and a small child ask the court for asylum. A first hearing has taken place.",
    ),
    "voluntary_departure": ("A person prefers to leave by an agreed day and keep the record clean.",),
    "u_visa": (
        "A worker was robbed and helped the police. The certification is being asked for.",
        "A parent survived violence at home and testified. The signed certification is here.",
    ),
    "t_visa": ("A worker was held by debt and threats. An investigator confirms the help given.",),
    "vawa": ("A spouse left a violent home. Police reports and a shelter letter are on file.",),
    "sij": (
        "A teenager lives with an aunt and needs an order of the state court before the petition.",
        "A youth close to twenty-one needs the state court's findings in good time.",
    ),
    "naturalization": ("A long-time resident wants to become a citizen. There was one long trip abroad.",),
    "disability_exception": ("An older resident cannot learn the test for medical reasons. A doctor will certify it.",),
    "citizenship_certificate": ("A young person became a citizen through a parent and needs the certificate.",),
    "daca_renewal": ("A renewal is due within the window. Nothing else has changed.",),
    "tps": ("A person registers for temporary protected status. Proof of residence is complete.",),
}
"""Summaries by the code of the relief."""

OUTCOMES: Final[dict[str, tuple[str, ...]]] = {
    "asylum": ("Asylum granted", "Asylum granted", "Withholding granted", "Referred to the court"),
    "asylum_defence": ("Asylum granted", "Asylum granted", "Withholding granted", "Denied, appeal pending"),
    "bond": ("Released on bond", "Released on bond", "Bond denied"),
}
"""How cases end, by the code of the relief."""
USUAL_OUTCOMES: Final = ("Approved", "Approved", "Approved", "Advice given, filed by the client", "Denied")

NOT_TAKEN: Final = (
    "Income above the programme's limit; referred to a private bar list.",
    "No form of relief found; advice given in writing.",
    "Lives outside New Mexico; referred to a programme nearer by.",
    "Another organisation represents the client already.",
)
ENDED_BY_CLIENT: Final = (
    "The client found a lawyer elsewhere.",
    "The client has moved out of the state.",
    "The client no longer wishes to apply.",
)
NOT_APPROVED: Final = (
    "The attorney has a trial in that month.",
    "Too far from the client for a first case.",
    "Better kept for a case at a higher level.",
)
PASSWORD_WORDS: Final = _words(
    "acequia alpine amber arroyo aspen bosque canyon cedar cholla cirrus cobalt cotton creek dune ember falcon juniper "
    "lantern laurel maple mesa meadow mica ocotillo onyx pinyon pueblo quartz raven saddle sage sienna silver sparrow "
    "thistle turquoise valley walnut willow yarrow yucca"
)
