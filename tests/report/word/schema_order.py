"""The order of elements that the schemas of ECMA-376 (transitional) require, for what this program writes; for tests.

Word refuses or repairs a file with elements in another order; LibreOffice and python-docx accept it. Written down from
part 1: annex A.1 (WordprocessingML), A.3.4 (charts), 20.4 and 20.5 (drawings).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

_ORDERS = {
    "w:pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
        snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "w:rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
        vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em
        lang eastAsianLayout specVanish oMath""",
    "w:tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription""",
    "w:tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "w:tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "w:tr": "tblPrEx trPr tc",
    "w:sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings""",
    "w:style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr""",
    "w:styles": "docDefaults latentStyles style",
    "w:numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "w:abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "w:num": "abstractNumId lvlOverride",
    "w:lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "w:settings": """writeProtection view zoom removePersonalInformation embedTrueTypeFonts mirrorMargins
        attachedTemplate revisionView trackRevisions documentProtection autoFormatOverride defaultTabStop
        autoHyphenation evenAndOddHeaders characterSpacingControl footnotePr endnotePr compat docVars rsids mathPr
        themeFontLang clrSchemeMapping shapeDefaults decimalSymbol listSeparator""",
    "w:sdt": "sdtPr sdtEndPr sdtContent",
    "wp:inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
    "wp:anchor": """simplePos positionH positionV extent effectExtent wrapNone wrapSquare wrapTight wrapThrough
        wrapTopAndBottom docPr cNvGraphicFramePr graphic""",
    "c:chartSpace": """date1904 lang roundedCorners AlternateContent style clrMapOvr pivotFmts protection chart spPr
        txPr externalData printSettings userShapes""",
    "c:chart": """title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly
        dispBlanksAs""",
    "c:plotArea": "layout barChart catAx valAx dTable spPr",
    "c:barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    "c:ser": "idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape",
    "c:dLbls": """dLbl numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent
        showBubbleSize separator showLeaderLines""",
    "c:catAx": """axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark
        tickLblPos spPr txPr crossAx crosses crossesAt auto lblAlgn lblOffset tickLblSkip tickMarkSkip
        noMultiLvlLbl""",
    "c:valAx": """axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark
        tickLblPos spPr txPr crossAx crosses crossesAt crossBetween majorUnit minorUnit dispUnits""",
    "c:scaling": "logBase orientation max min",
    "c:legend": "legendPos legendEntry layout overlay spPr txPr",
}
_OPEN = {"w:settings"}
"""For these, only the elements that this program writes or knows are listed."""
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
}
_PLACES = {parent: {name: at for at, name in enumerate(order.split())} for parent, order in _ORDERS.items()}


def disorder(root: Any) -> Iterator[str]:
    """Yield elements in another order than the schema's, and elements that it does not know."""
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        parent = f"{_PREFIXES.get(name.namespace or '', '?')}:{name.localname}"
        places = _PLACES.get(parent)
        if places is None:
            continue
        before = -1
        for child in element.iterchildren(etree.Element):
            own = etree.QName(child)
            if own.namespace not in _PREFIXES and own.localname not in places:
                continue
            at = places.get(own.localname)
            if at is None and parent in _OPEN:
                continue
            if at is None:
                yield f"{own.localname} within {parent}"
            elif at < before:
                yield f"{own.localname} too late within {parent}"
            else:
                before = at
