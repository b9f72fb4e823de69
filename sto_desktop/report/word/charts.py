"""Writes a figure as a native chart that can be edited in Word: the chart part, and the workbook with its numbers.

ECMA-376 part 1, 21.2 (charts); elements are in the order of its schema, which Word requires. Word opens the workbook
on "Gegevens bewerken"; the chart also caches the numbers, so that it can be drawn without the workbook.
"""

from __future__ import annotations

import datetime as dt
import io
import re

from sto_desktop.archive import Archive, new_workbook
from sto_desktop.report.blocks.blocks import Figure, FigureKind
from sto_desktop.report.look.figure_art import (
    BAR,
    WIDTH,
    Fill,
    Pattern,
    bars_height,
    figure_size,
    fills,
    labels_width,
    legend_height,
    row_height,
    text_on,
)
from sto_desktop.report.look.look import Look
from sto_desktop.report.look.markup import XML_DECLARATION, R, attribute, clean
from sto_desktop.report.word.package import zip_parts

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
WORKBOOK_RELATION = "rId1"
"""The relation from the chart to its workbook."""
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET = "Gegevens"
_PATTERNS = {Pattern.STRIPES: "wdUpDiag", Pattern.LEVEL: "narHorz", Pattern.UPRIGHT: "narVert"}
_MOMENT = re.compile(rb">\d{4}-\d\d-\d\dT[\d:]+Z<")
_CATEGORIES, _VALUES = 500001, 500002
"""Ids of the axes."""
_NOTHING = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"


def chart_xml(figure: Figure, look: Look) -> bytes:
    """Return the chart part of a figure."""
    all_fills = fills(look)
    several, stacked = len(figure.series) > 1, figure.kind is FigureKind.STACKED
    series = "".join(_series(figure, at, all_fills[at % len(all_fills)], look) for at in range(len(figure.series)))
    direction = "col" if figure.kind is FigureKind.COLUMNS else "bar"
    # Without an overlap of 100 % Word shows stacked bars next to each other.
    overlap = '<c:overlap val="100"/>' if stacked else ""
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if several else ""
    return (
        f'{XML_DECLARATION}<c:chartSpace xmlns:c="{CHART}" xmlns:a="{_A}" xmlns:r="{R}">'
        '<c:date1904 val="0"/><c:lang val="nl-NL"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f'<c:plotArea>{_layout(figure)}<c:barChart><c:barDir val="{direction}"/>'
        f'<c:grouping val="{"stacked" if stacked else "clustered"}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{_gap(figure)}"/>{overlap}'
        f'<c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/></c:barChart>{_axes(figure, look)}'
        f"{_NOTHING}</c:plotArea>"
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>{_NOTHING}'
        f'{_words(look, look.ink)}<c:externalData r:id="{WORKBOOK_RELATION}"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    ).encode()


def chart_size(figure: Figure) -> tuple[float, float]:
    """Return width and height of a figure in px of 1/96 inch; in Word all its categories have the same height."""
    if figure.kind is FigureKind.COLUMNS:
        return figure_size(figure)
    return WIDTH, len(figure.categories) * _tallest(figure) + legend_height(figure) + 4


def _tallest(figure: Figure) -> float:
    return max(row_height(figure, name) for name in figure.categories)


def _layout(figure: Figure) -> str:
    """Return where horizontal bars stand: left to itself, Word gives long labels too little room and cuts them."""
    if figure.kind is FigureKind.COLUMNS:
        return "<c:layout/>"
    width, height = chart_size(figure)
    left, bars = labels_width(figure) / width, (height - legend_height(figure)) / height
    places = (("x", left), ("y", 0.01), ("w", 0.97 - left), ("h", bars - 0.02))
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        + "".join(f'<c:{name} val="{share:.4f}"/>' for name, share in places)
        + "</c:manualLayout></c:layout>"
    )


def _gap(figure: Figure) -> int:
    """Return the gap between categories, in percents of a bar; Word allows up to 500."""
    if figure.kind is FigureKind.COLUMNS:
        return 60 if len(figure.series) > 1 else 45
    return min(round((_tallest(figure) - bars_height(figure)) * 100 / BAR), 500)


def _words(look: Look, colour: str) -> str:
    size = round(look.size * 90)
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}"><a:solidFill><a:srgbClr val="{colour}"/>'
        '</a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="nl-NL"/></a:p></c:txPr>'
    )


def _colour(colour: str) -> str:
    return f'<a:srgbClr val="{colour}"/>'


def _filled(fill: Fill) -> str:
    edge = f'<a:ln w="9525"><a:solidFill>{_colour(fill.ink)}</a:solidFill></a:ln>'
    if fill.pattern is Pattern.NONE:
        return f"<c:spPr><a:solidFill>{_colour(fill.ground)}</a:solidFill>{edge}</c:spPr>"
    return (
        f'<c:spPr><a:pattFill prst="{_PATTERNS[fill.pattern]}"><a:fgClr>{_colour(fill.ink)}</a:fgClr>'
        f"<a:bgClr>{_colour(fill.ground)}</a:bgClr></a:pattFill>{edge}</c:spPr>"
    )


def _form(figure: Figure) -> str:
    return "0." + "0" * figure.decimals if figure.decimals else "0"


def _series(figure: Figure, at: int, fill: Fill, look: Look) -> str:
    series, column, last = figure.series[at], chr(ord("B") + at), len(figure.categories) + 1
    points = "".join(f'<c:pt idx="{number}"><c:v>{value:g}</c:v></c:pt>' for number, value in enumerate(series.values))
    count = f'<c:ptCount val="{len(figure.categories)}"/>'
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>'
        f"<c:tx>{_strings(f'{_SHEET}!${column}$1', (series.name,))}</c:tx>"
        f'{_filled(fill)}<c:invertIfNegative val="0"/>{_labels(figure, fill, look)}'
        f"<c:cat>{_strings(f'{_SHEET}!$A$2:$A${last}', figure.categories)}</c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!${column}$2:${column}${last}</c:f><c:numCache>"
        f"<c:formatCode>{_form(figure)}</c:formatCode>{count}{points}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _strings(place: str, texts: tuple[str, ...]) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{attribute(text)}</c:v></c:pt>' for at, text in enumerate(texts))
    return f'<c:strRef><c:f>{place}</c:f><c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef>'


def _labels(figure: Figure, fill: Fill, look: Look) -> str:
    stacked = figure.kind is FigureKind.STACKED
    form = _form(figure)
    # The format hides zeros in stacked bars; numbers on a pattern get a plain background.
    number_format = f"{form};{form};;" if stacked else form
    ground = ""
    if stacked and fill.pattern is not Pattern.NONE:
        ground = f"<c:spPr><a:solidFill>{_colour(fill.ground)}</a:solidFill></c:spPr>"
    colour = text_on(fill, look) if stacked else look.ink
    no = "".join(f'<c:{name} val="0"/>' for name in ("showCatName", "showSerName", "showPercent", "showBubbleSize"))
    return (
        f'<c:dLbls><c:numFmt formatCode="{number_format}" sourceLinked="0"/>{ground}{_words(look, colour)}'
        f'<c:dLblPos val="{"ctr" if stacked else "outEnd"}"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        f"{no}</c:dLbls>"
    )


def _axes(figure: Figure, look: Look) -> str:
    lying = figure.kind is not FigureKind.COLUMNS
    # Horizontal bars are indexed bottom-up but read top-down.
    order = "maxMin" if lying else "minMax"
    axis_line = f'<c:spPr><a:ln w="9525"><a:solidFill>{_colour(look.muted)}</a:solidFill></a:ln></c:spPr>'
    return (
        f'<c:catAx><c:axId val="{_CATEGORIES}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if lying else "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'{axis_line}<c:crossAx val="{_VALUES}"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="1"/><c:axPos val="{"t" if lying else "l"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:crossAx val="{_CATEGORIES}"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def workbook(figure: Figure, made: dt.datetime) -> bytes:
    """Return the numbers of a figure as a workbook (.xlsx); the same numbers and moment give the same bytes."""
    book = new_workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _SHEET
    sheet.append([clean(figure.category_label), *(clean(series.name) for series in figure.series)])
    for at, category in enumerate(figure.categories):
        sheet.append([clean(category), *(series.values[at] for series in figure.series)])
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                # A text that starts with "=" must not become a formula.
                cell.data_type = "s"
    sheet.column_dimensions["A"].width = 32
    book.properties.creator = "STO Desktop"
    buffer = io.BytesIO()
    book.save(buffer)
    parts = Archive(buffer.getvalue(), _SHEET).parts()
    # openpyxl always writes the time of saving; replace it, so that equal figures give equal bytes.
    moment = f">{made:%Y-%m-%dT%H:%M:%SZ}<".encode()
    core = "docProps/core.xml"
    return zip_parts({**parts, core: _MOMENT.sub(moment, parts[core])})
