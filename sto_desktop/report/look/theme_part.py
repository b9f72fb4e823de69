"""The theme of a house style (ECMA-376 part 1, 20.1.6): the colours and font that Word offers and charts use."""

from __future__ import annotations

from sto_desktop.report.look.look import Look, mix
from sto_desktop.report.look.markup import XML_DECLARATION, attribute

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{_FILL}<a:prstDash val="solid"/></a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def _colours(look: Look) -> str:
    named = {
        "dk1": look.ink,
        "lt1": "FFFFFF",
        "dk2": look.primary,
        "lt2": look.soft,
        "accent1": look.primary,
        "accent2": look.accent,
        "accent3": mix(look.primary, "FFFFFF", 0.45),
        "accent4": look.muted,
        "accent5": mix(look.accent, "FFFFFF", 0.45),
        "accent6": mix(look.primary, "000000", 0.35),
        "hlink": look.primary,
        "folHlink": look.muted,
    }
    return "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in named.items())


def theme_xml(look: Look) -> str:
    """Return the part word/theme/theme1.xml."""
    name, font = attribute(look.name), attribute(look.font)
    face = f'<a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/>'
    return (
        f'{XML_DECLARATION}<a:theme xmlns:a="{_A}" name="{name}"><a:themeElements>'
        f'<a:clrScheme name="{name}">{_colours(look)}</a:clrScheme>'
        f'<a:fontScheme name="{name}"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="{name}"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )
