"""All rules by name. To add one, write it in the file of its kind; where two find the same place, the first wins."""

from sitegen.text.repairs.addresses import ADDRESSES
from sitegen.text.repairs.characters import CHARACTERS
from sitegen.text.repairs.doubtful import DOUBTFUL
from sitegen.text.repairs.flattened import FLATTENED
from sitegen.text.repairs.html import HTML
from sitegen.text.repairs.rule import Rule
from sitegen.text.repairs.wording import WORDING

RULES: dict[str, Rule] = {**CHARACTERS, **WORDING, **ADDRESSES, **HTML, **FLATTENED, **DOUBTFUL}
