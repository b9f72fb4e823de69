"""A second generator of panels with names in texts, written without a look at how names are found.

Seeded: `python -m tests.names.measures.second_panel 300` exports and shares 300 made-up panels by role, by command, and
prints what became of each written form, and which ordinary sentences changed.
"""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_name("second_panel.toml").read_text(encoding="utf-8"))
_NAMES = {key: text.split() for key, text in _DATA.items()}
_FRAMES = {key: text.splitlines() for key, text in _DATA.items()}
_WHO, _OF, _TITLED, _PLAIN = (_FRAMES[key] for key in ("who", "of", "titled", "plain"))
_FAMILY, _COMPOUND, ORDINARY = (_FRAMES[key] for key in ("family", "compound", "ordinary"))
_MID = [text for text in _WHO if not text.startswith("{}")]


@dataclass(frozen=True)
class Member:
    """A made-up member; `nick` is what people call them, if not their first name. `last`: with particles."""

    first: str
    last: str
    nick: str = ""

    @property
    def full(self) -> str:
        """Return first name and surname."""
        return f"{self.first} {self.last}"

    @property
    def core(self) -> str:
        """Return the surname without its particles in lower case."""
        return self.last[len(self.particles) :]

    @property
    def particles(self) -> str:
        """Return the particles, with the space or apostrophe after them."""
        found = re.match(r"(?:(?:[a-z]+|'t) |d')*", self.last)
        return found[0] if found else ""

    @property
    def wordy(self) -> tuple[bool, bool]:
        """Return whether first name and surname are ordinary words as well."""
        return self.first in _NAMES["first_words"], self.last.replace(" ", "_") in _NAMES["last_words"]


@dataclass(frozen=True)
class Sentence:
    """A sentence as it was typed. `parts`: what identifies somebody in it; `form` empty: an ordinary sentence."""

    text: str
    form: str = ""
    grade: str = ""
    parts: tuple[str, ...] = ()
    frame: str = ""


def plain(text: str) -> str:
    """Return a text without case, accents and invisible signs."""
    signs = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in signs if unicodedata.category(sign) not in ("Mn", "Cf"))
    return re.sub(r"\s+", " ", kept.casefold().translate(str.maketrans("łıøđ’", "liod'"))).strip()


def _telling(core: str) -> tuple[str, ...]:
    """Return the parts of a surname that tell who it is."""
    return tuple(part for part in re.split("[- ]", core) if part[:1].isupper())


def _genitive(name: str) -> str:
    return name + ("'" if name[-1] in "sxz" else "'s" if name[-1] in "aiouy" else "s")


def _small(name: str) -> str:
    return name + ("pje" if name[-1] == "m" else "tje" if name[-1] in "aeilnoruwy" else "je")


def _several(core: str) -> str:
    return core + ("'s" if core[-1] in "aiouy" else "s" if core.endswith(("er", "el", "en")) else "en")


def _mistyped(name: str, rng: random.Random) -> str:
    """Return a name with one error: swapped, left out, doubled or wrong."""
    at = rng.randrange(1, len(name) - 2)
    before, after = name[:at], name[at + 1 :]
    wrong = before + after[0] + name[at] + after[1:], before + after, before + 2 * name[at] + after
    return rng.choice((*wrong, before + rng.choice("aeiort") + after))


Forms = Iterator[tuple[str, str, list[str], str, tuple[str, ...]]]
"""Form, grade, contexts, written, and what identifies."""


def _first_names(one: Member, rng: random.Random) -> Forms:
    first, (word, _) = one.first, one.wordy
    low, weaker = ("doubtful", "likely") if word else ("certain", "certain")
    yield "first name", "certain", _WHO, first, (first,)
    yield "first name, capitals", "doubtful" if len(first) < 3 else "certain", _WHO, first.upper(), (first,)
    yield "first name, lower case" + (", word" if word else ""), low, _WHO, first.lower(), (first,)
    yield "possessive", "certain", _OF, rng.choice((_genitive(first), first + "'s", first + "’s")), (first,)
    yield "possessive, lower case", "doubtful" if word else "likely", _OF, _genitive(first.lower()), (first,)
    yield "compound", "certain", _COMPOUND, first + rng.choice(("-avond", "-methode", "-aanpak", "-lijst")), (first,)
    yield "label", low, _PLAIN, "#" + first.lower().replace(" ", "_"), (first,)
    yield "diminutive", "doubtful" if word or len(first) < 3 else "likely", _WHO, _small(first), (first,)
    yield "marks and punctuation", "certain", _MID, rng.choice(_NAMES["marks"]).format(first), (first,)
    others = first + rng.choice((" c.s.", " e.a.", " & co", " en co", ", Wim en Toos"))
    yield "with others", weaker, _MID, others, (first,)
    said, ends = ["{} weer een bus te weinig"], (":", " -", " –", " >", ";")
    yield "speaker", weaker, said, first + rng.choice(ends), (first,)
    yield "speaker, lower case", low, said, first.lower() + rng.choice(ends[:2]), (first,)
    yield "first name and initial", weaker, _WHO, f"{first} {one.core[0]}.", (first,)
    yield "file name", low, _PLAIN, f"verslag_{first.lower()}_v2.docx", (first,)
    if len(first) > 3:
        middle = len(first) // 2
        soft = first[:middle] + rng.choice("\u00ad\u200b\u2060") + first[middle:]
        yield "soft hyphen, invisible sign", "certain", _MID, soft, (first,)
    if len(first) > 4 and not word and "-" not in first:
        wrong = _mistyped(first, rng)
        if plain(wrong) not in map(plain, [*_NAMES["first"], *_NAMES["first_words"], first]):
            yield "typing error", "likely", _MID, wrong, (wrong,)
            yield "typing error, lower case", "doubtful", _MID, wrong.lower(), (wrong,)
    if one.nick:
        yield "nickname", "certain", _WHO, one.nick, (one.nick,)
        yield "nickname, lower case", "likely", _WHO, one.nick.lower(), (one.nick,)
    if plain(first) != first.casefold():
        bare = plain(first).title()
        yield "without accents", "certain", _MID, bare, (bare,)
    if "-" in first:
        half = first.split("-")
        other = rng.choice((" ", "")).join(half).capitalize()
        yield "double first name, other spelling", "likely", _MID, other, tuple(half)
        yield "half of a double first name", "likely", _MID, half[1], (half[1],)


def _surnames(one: Member, rng: random.Random) -> Forms:
    last, core, (_, word) = one.last, one.core, one.wordy
    short, capital = len(core) < 3, last[0].upper() + last[1:]
    parts, whole = _telling(core), "doubtful" if len(last) < 3 else "certain"
    title = rng.choice(_NAMES["titles"])
    yield "title and surname", "certain", _TITLED, f"{title} {rng.choice((last, capital))}", parts
    yield "title and surname, lower case", "certain", _TITLED, f"{title} {last.lower()}", parts
    yield "surname", whole, _WHO, capital, parts
    yield "surname, lower case", "doubtful" if word or short else "likely", _MID, last.lower(), parts
    yield "family", "certain", _FAMILY, f"{rng.choice(('familie', 'fam.', 'de familie'))} {capital}", parts
    yield "plural", "doubtful" if word or short else "certain", _PLAIN, "de " + _several(core), parts
    yield "compound of a surname", whole, _COMPOUND, f"{capital}-{rng.choice(('methode', 'avond', 'route'))}", parts
    if one.particles:
        yield "bare last word", "doubtful" if short else "likely", _MID, core, parts
        yield "title and last word", "certain", _TITLED, f"{title} {rng.choice((core, core.lower()))}", parts
    if one.particles in ("van der ", "van den "):
        brief = rng.choice(("vd ", "v.d. ", "v/d ", "v d ")) + core
        yield "particles in brief", "likely", _TITLED, f"{title} {brief}", parts
        yield "full, particles in brief", "certain", _MID, f"{one.first} {brief}", (one.first, *parts)
    if "'" in last:
        other = last.replace("'", rng.choice(("’", "`", "´")))
        yield "other apostrophe", "certain", _MID, f"{one.first} {other}", (one.first, core.split("'")[-1])
    if plain(core) != core.casefold():
        bare = plain(core).title()
        yield "surname without accents", "certain", _MID, bare, (bare,)
    if "-" in core:
        yield "half of a double name", "likely", _MID, rng.choice(parts), parts
    elif " " not in core and not short:
        yield "double name added", "certain", _TITLED, f"{title} {capital}-Wolbertink", (core, "Wolbertink")
    if len(core) > 5 and not word and core.isalpha():
        wrong = _mistyped(core, rng)
        yield "typing error in the surname", "likely", _MID, one.particles + wrong, _telling(wrong)


def _whole_names(one: Member, rng: random.Random) -> Forms:
    first, last, core = one.first, one.last, one.core
    parts = (first, *_telling(core))
    yield "full", "certain", _WHO, one.full, parts
    yield "full, capitals", "certain", _WHO, one.full.upper(), parts
    yield "full, lower case", "doubtful" if all(one.wordy) else "certain", _WHO, one.full.lower(), parts
    yield "full, possessive", "certain", _OF, _genitive(one.full), parts
    turned = f"{last[0].upper()}{last[1:]}, {first}", f"{core}, {first} {one.particles}".strip()
    yield (
        "surname first",
        "doubtful" if all(one.wordy) or first in ("Al", "An") else "certain",
        _PLAIN,
        rng.choice(turned),
        parts,
    )
    initial = f"{first[0]}{rng.choice(('. ', '.', ' ', '.M. '))}{last}"
    yield "initial and surname", "certain", _MID, initial, parts[1:]
    user, name = plain(first).replace(" ", ""), re.sub(r"\W", "", plain(last))
    accounts = f"{user[0]}.{name} {user}.{name} {user}{name} {name} {user}_{name} {user}-{name}".split()
    address = rng.choice(accounts) + rng.choice(("@school.example", "@roc-west.example", "@hotmail.example"))
    seen = (re.sub(r"\W", "", plain(core)),) if len(core) > 2 else (address,)
    yield "e-mail address", "certain", _PLAIN, address, seen
    account = "@" + rng.choice((user + name[0], user + name, name))
    yield "account", "certain", _PLAIN, account, (account,)
    yield "address of a page", "certain", _PLAIN, f"https://www.social.example/in/{user}-{name}", (user, name)
    label = "doubtful" if one.wordy[1] else "certain"
    yield "label of the surname", label, _PLAIN, "#" + last.lower().replace(" ", "_"), parts[1:]
    yield "file name, full", "certain", _PLAIN, f"Notities {one.full}.docx", parts
    spaced = first + rng.choice(("\u00a0", "\u202f", "  ", "\n")) + last
    yield "no-break or double space, line break", "certain", _MID, spaced, parts
    marked = rng.choice(("**{}** {}", '"{}" {}', "{} ({})", "{} *{}*")).format(first, last)
    yield "marks around the whole name", "certain", _MID, marked, parts


def _strangers(rng: random.Random) -> Forms:
    other, pupil = rng.choice(_NAMES["unknown"]), rng.choice(_NAMES["pupils"])
    yield "nobody's name after a title", "doubtful", _TITLED, "mevrouw " + other, (other,)
    near = rng.choice(_NAMES["near"])
    yield "nobody's name beside a pupil or child", "certain", _TITLED, f"{near} {pupil}", (pupil,)


@dataclass(frozen=True)
class Panel:
    """Members, and what was typed."""

    members: tuple[Member, ...]
    sentences: tuple[Sentence, ...]


def _pick(kind: str, words: int, rng: random.Random) -> list[str]:
    return rng.sample(_NAMES[kind], 8 - words) + rng.sample(_NAMES[f"{kind}_words"], words)


def panel(seed: int, forms: int = 110, ordinary: int = 30) -> Panel:
    """Make up a panel of eight, in which so many names and ordinary sentences were typed."""
    rng = random.Random(seed)
    firsts, lasts = _pick("first", rng.randint(1, 3), rng), _pick("last", rng.randint(2, 4), rng)
    rng.shuffle(lasts)
    nicks = [rng.choice(_NAMES["nicks"]) if at == 3 else "" for at in range(8)]
    members = tuple(Member(a, b.replace("_", " "), n) for a, b, n in zip(firsts, lasts, nicks, strict=True))
    typed = [form for one in members for kind in (_first_names, _surnames, _whole_names) for form in kind(one, rng)]
    typed = rng.sample(typed, forms - 2) + list(_strangers(rng))
    made = []
    for form, grade, contexts, written, parts in typed:
        frame = rng.choice(contexts)
        made.append(Sentence(frame.format(written), form, grade, parts, frame))
    words = {word for one in members for word in plain(f"{one.first} {one.core}").replace("-", " ").split()}
    near = [text for text in ORDINARY if words & set(re.findall(r"\w+", text.casefold()))]
    chosen = rng.sample(near, min(len(near), ordinary // 2 + 5))
    chosen += rng.sample([text for text in ORDINARY if text not in chosen], ordinary - len(chosen))
    made += map(Sentence, chosen)
    rng.shuffle(made)
    return Panel(members, tuple(made))
