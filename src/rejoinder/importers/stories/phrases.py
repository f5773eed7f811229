"""The fixed words around a story and its discussion, as pages print them in the languages we read. To read one more
language, add its words here.
"""

import re

_FLAGS = re.IGNORECASE | re.VERBOSE

COMMENT_COUNT = re.compile(
    r"""(?: (?:reader\ )?comments? | kommentare? | commentaires? | comentarios? | coment[áa]rios?
        | التعليقات | تعليقات )
        \s*[:(\[]?\s* (?P<after>\d[\d.,]*) \s*[)\]]?
      | (?P<before>\d[\d.,]*)\ (?:reader\ )? (?:comments? | kommentare? | commentaires? | comentarios?
        | تعليقات | تعليق)
      | (?P<none>no\ comments(?:\ yet)? | keine\ kommentare | aucun\ commentaire | sin\ comentarios
        | لا\ توجد\ تعليقات)""",
    _FLAGS,
)
"""A line that is only the number of comments: "Comments (5)", "3 Kommentare", "No comments yet"."""

COMMENT_HEAD = re.compile(
    r"""(?P<name>\S.{0,79}?) \s+ (?: wrote | writes | commented | schrieb | schreibt | a\ écrit | écrit
        | escribió | dijo
        | escreveu | ha\ scritto | schreef | كتب | كتبت ) \s*[:：]
      | (?: كتب | كتبت ) \s+ (?P<named_after>\S.{0,79}?) \s*[:：]""",
    _FLAGS,
)
"""A line that names who wrote the lines below it: "Ada Lund wrote:", "كتب سالم:"."""

REPORT_WORDS = re.compile(
    r"""(?: report | flag | abuse | melden | beitrag\ melden | missbrauch\ melden | kommentar\ melden | signaler
        | signaler\ un\ abus | denunciar | reportar | إبلاغ | أبلغ | الإبلاغ )
        (?: \ (?:as|an|this|for|un|el|diesen|عن) )? (?: \ (?:abuse|abusive|comment|inappropriate|abus|abuso|comentario
        | commentaire|إساءة|تعليق|التعليق) )*""",
    _FLAGS,
)
"""What a report link says: "Report as abuse", "Report abuse", "Flag", "Melden"."""

OTHER_ACTIONS = re.compile(
    r"""(?: reply | like | share | quote | link | permalink | recommend(?:ed)? | antworten | zitieren
        | teilen | gefällt\ mir
        | répondre | partager | responder | compartir | رد | مشاركة ) (?: \ ?\(?\d+\)? )? | \#\d* | \d+""",
    _FLAGS,
)
"""The other links beside a report link."""

CLOSING = re.compile(
    r"""(?: (?:this|the) \ (?:discussion|conversation|comment(?:s|\ section|\ thread)?) | commenting | comments
        | (?:diese|die)\ (?:diskussion|debatte|kommentarfunktion|kommentare) | (?:cette|la)\ discussion
        | les\ commentaires
        | la\ discusión | esta\ discusión | los\ comentarios | هذا\ النقاش | باب\ التعليق | التعليقات )
        (?: \ (?:on|for|to|sur|zu|sobre|de|على)\ [^.]{1,60} )?
        \ (?: (?:is|are|has|have|ist|sind|wurde|wurden|est|sont|está|están|ha|han) \b )? .{0,40}
        \b (?: closed | geschlossen | beendet | fermée?s? | close | clos | cerrad[oa]s? | مغلقة? | مغلق )""",
    _FLAGS,
)
"""How a closing notice begins: "This conversation is closed."."""

OPEN_INVITATION = re.compile(
    r"""(?: (?:post|add|leave|write)\ (?:a|your)\ (?:comment|reply) | join\ the\ (?:discussion|conversation)
        | kommentar\ (?:schreiben|verfassen) | (?:ajouter|laisser|écrire)\ (?:un|votre)\ commentaire
        | (?:escribir|añadir|dejar)\ un\ comentario | أضف\ تعليق[اًك]* ) \s*[.…:]?""",
    _FLAGS,
)
"""A line that invites to comment, and so says that the discussion is open."""

POLICY_WORDS = re.compile(
    r"""\b(?: comments? | comment\ policy | abuse | flag | irrelevant | inappropriate | views\ expressed
        | moderat\w+
        | house\ rules | guidelines? | kommentar\w* | netiquette | meinung\w* | melden | commentaires?
        | charte | modér\w+
        | abus | comentarios? | normas | moder\w+ | abusos? )\b | التعليقات | سياسة | إساءة""",
    _FLAGS,
)
"""Words of a policy notice, which has several of them."""

DISCLAIMER = re.compile(
    r"""(?: (?:the\ )?(?:views|opinions)\ (?:and\ (?:views|opinions)\ )?expressed
        | die\ (?:hier\ )?geäußerten\ meinungen
        | les\ (?:opinions|avis)\ exprim | las\ opiniones\ expresadas | الآراء\ الواردة )""",
    _FLAGS,
)
"""How a disclaimer begins that stands by itself."""

LINK_LOST = re.compile(
    r"""\b(?: see | visit | read | click | go\ to | at | here | siehe | unter | voir
        | consulte[rz]? | véase | انظر ) \s*[:：]?\s*\Z""",
    _FLAGS,
)
"""The word before a link, where the text ends with it."""

TOPICS = re.compile(
    r"""(?: related\ topics? | topics? | tags? | filed\ under | themen | schlagworte | sujets | thèmes
        | temas | etiquetas
        | مواضيع\ ذات\ صلة | الوسوم ) \s*(?: [:：] \s*(?P<inline>.*) )?""",
    _FLAGS,
)
"""The heading over the topics, alone in its line or with the topics behind a colon."""

PHOTO_CREDIT = re.compile(
    r"""(?: (?:photo|picture|image)(?:\ (?:by|credit))? | photograph(?:\ by)? | credit | foto | bild
        | crédit(?:\ photo)?
        | photo | crédito | fotografía | تصوير | الصورة ) \s*[:：]\s* (?P<credit>\S.{0,99})""",
    _FLAGS,
)
"""A line that is only a photograph's credit: "Credit: Agency/Name"."""

UPDATED = re.compile(
    r"(?:last )?updated|aktualisiert|mis(?:e)? à jour|actualizado|تحديث|آخر تحديث|modified", re.IGNORECASE
)
PUBLISHED = re.compile(
    r"published|posted|first published|veröffentlicht|erschienen|publiée?|publicado|نشر|date|stand", re.IGNORECASE
)
BYLINE = re.compile(r"(?:by|von|par|por|بقلم)\s+(?P<names>\S.{1,79})", re.IGNORECASE)

CREDIT_ROLES = {
    "reporting": r"report(?:ing|ed)|bericht(?:et)?|reportage|reporte|información|تغطية|إعداد",
    "writing": r"writ(?:ing|ten)|text|geschrieben|écrit|rédigée?|rédaction|escrito|redacción|كتابة",
    "editing": r"edit(?:ing|ed)|redigiert|redaktion|éditée?|édition|edición|editado|تحرير",
}
_ROLE = "|".join(CREDIT_ROLES.values())
CREDIT = re.compile(
    rf"""(?:additional|further|zusätzlich\w*|avec)?\s* (?P<roles>(?:{_ROLE})(?:\s*(?:and|und|et|y|,)\s+(?:{_ROLE}))*)
        (?: \s+(?:by|von|par|por|durch)\s+ | \s*[:：]\s* | (?<=[\u0600-\u06ff])\s+ ) (?P<names>\S.*)""",
    _FLAGS,
)
"""One part of a credit line: "Additional reporting by A and B", "Redaktion: C"; Arabic has no word for "by"."""

NAMES_JOINED = re.compile(
    r"\s*[,،]\s*(?:(?:and|und|et|y|e)\s+)?|\s+(?:and|und|et|y|e|&)\s+|\s+و\s*(?=\S)", re.IGNORECASE
)
"""What stands between two names."""
