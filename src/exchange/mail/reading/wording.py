"""The words mail programs put above what they quote, in many languages.
Data alone, for `mail.reading.heads`."""

from __future__ import annotations

import re

# "… wrote": one of these stands in the line above a quote. Latin ones are whole words.
_WROTE_LATIN = """
wrote|writes|a écrit|a ecrit|écrit|ecrit|escribió|escribio|ha escrito|escreveu|escreve
aliandika|ameandika|wameandika|iliandika|waliandika|schrieb|schreibt|geschrieben|ha scritto|scrive
schreef|schrijft|heeft geschreven|qoray|qortay|yazdı|yazdi|napisał|napisała|napisał(a)|napisal|pisze
menulis|menuliskan|viết|skrev|skriver|kirjoitti|napsal|napsala|napsal(a)|napísal|írta|a scris|skryf
geskryf|het geskryf|sumulat|isinulat|yanditse|yanditswe|rubuta|dere|wabhala|ubhale|barreesse
katibe|ayaa qoray|va escriure|idatzi zuen|je napisao|je napisala|rašė|rakstīja|kirjutas|shkroi
nanoratra|akomaki|ọ kọ|kọ|wakanyora|analemba|o kwadile
quoting|citando|zitat von|quoting from|citation de|cita de|citerar|citát|mensaje de|mensagem de
"""
_WROTE_OTHER = """
كتب كتبت كتابة يكتب تكتب ጻፈ ጻፉ ጽፏል ጽፈዋል ጻፈች ጽሒፉ लिखा लिखते লিখেছেন লিখেছে লিখেছিলেন লিখলেন
написал написала пишет писал писала написав пише 写道 寫道 写到 のメール 書きました 작성 썼습니다 작성하였습니다
כתב כתבה نوشت نوشته لکھا لیکلي लेख्नु लेख्नुभयो எழுதியது เขียน έγραψε ရေးသား បានសរសេរ
"""
_LATIN = sorted(
    (one for line in _WROTE_LATIN.split("\n") for one in line.split("|") if one), key=len
)
WROTE = re.compile(
    r"(?:(?<!\w)(?:"
    + "|".join(re.escape(one) for one in reversed(_LATIN))
    + r")(?!\w))|(?:"
    + "|".join(_WROTE_OTHER.split())
    + ")",
    re.I,
)

# How the line above a quote begins, where it begins with a little word.
BEGINS = re.compile(
    r"(?:-{2,}\s*)?(?:on|le|el|em|no dia|a|am|il(?: giorno)?|op|mnamo|tarehe|siku ya|w dniu|dnia|pada"
    r"(?: tanggal)?|vào|den|på|în|dne|dňa|u|di|на|в|у|في|بتاريخ|يوم|در|ב-|ב|በ|em data de|at|noong|"
    r"ngomhla|ku ya|στις|nu|op die|el dia|în data|2\d{3}\s?[年년/-])[\s.,،:]?",
    re.I,
)

QUOTING = re.compile(r"(?:quoting|citando|zitat von|citation de|citat|citerar)\b", re.I)

# Names of the fields above a quote: what they are called, in small letters, without marks.
_FIELDS = {
    "from": """from|de|von|da|van|من|المرسل|kutoka|mtumaji|от|от кого|kimden|gönderen|od|dari|từ|发件人
        寄件者|寄件人|差出人|보낸 사람|från|fra|lähettäjä|feladó|de la|від|מאת|از|فرستنده|منجانب|ከ|ከ፡|प्रेषक
        द्वारा|প্রেরক|থেকে|ka|ka socota|remetente|expéditeur|remitente|mittente|afzender|absender|sender
        από|จาก|mula kay|rungu|desde""",
    "sent": """sent|message du|date|sent at|date sent|envoyé|envoyé le|date d'envoi|enviado|enviado el|enviada em
        enviado em|enviada|fecha|data|gesendet|gesendet am|datum|inviato|verzonden|verstuurd|تم الإرسال
        أُرسلت|مرسل|أرسل|تاريخ الإرسال|التاريخ|تاريخ|الإرسال|imetumwa|ilitumwa|tarehe|отправлено|дата
        gönderildi|gönderme tarihi|tarih|wysłano|wysłane|dikirim|terkirim|tanggal|đã gửi|ngày|发送时间|日期
        寄件日期|傳送時間|送信日時|日時|보낸 날짜|날짜|skickat|sendt|dato|lähetetty|päivämäärä|elküldve|dátum
        trimis|trimis la|надіслано|נשלח|תאריך|فرستاده شده|ارسال شده|بھیجا گیا|የተላከው|የተላከበት ቀን|ቀን
        भेजा गया|दिनांक|तारीख|পাঠানো হয়েছে|তারিখ|la diray|taariikhda|odesláno|ημερομηνία|วันที่|gửi lúc
        petsa|enviado a las|sent on|tarehe ya kutumwa|iliyotumwa|fecha de envío|data de envio""",
    "to": """to|à|a|para|an|aan|al|إلى|الى|المستلم|kwa|mpokeaji|кому|kime|alıcı|do|kepada|ke|đến|tới|收件人
        收件者|宛先|받는 사람|till|til|vastaanottaja|címzett|către|אל|به|گیرنده|بنام|ለ|प्रति|सेवा में|प्राप्तकर्ता
        প্রতি|প্রাপক|ku|ku socota|destinataire|destinatario|destinatário|empfänger|pour|komu|προς|ถึง|kay
        para sa|per""",
    "subject": """subject|objet|sujet|asunto|assunto|betreff|oggetto|onderwerp|الموضوع|موضوع|mada|somo
        kichwa|kuhusu|тема|konu|temat|subjek|perihal|judul|chủ đề|tiêu đề|主题|主旨|標題|件名|제목|ämne|emne|ogg|sujet
        aihe|tárgy|subiect|נושא|ርዕስ|ርእስ|ጉዳይ|विषय|বিষয়|বিষয়|mawduuc|mawduuca|ujeeddo|předmět|θέμα|เรื่อง
        paksa|re|mhusu""",
    "cc": """cc|cci|bcc|copie|copie à|copia|kopie|نسخة|نسخة إلى|نسخة كربونية|nakala|копия|bilgi|dw|tembusan|抄送
        副本|참조|kopia|kopi|kopio|másolat|עותק|رونوشت|प्रतिलिपि|অনুলিপি|reply-to|répondre à|responder a
        antwort an|importance|priority|attachments|pièces jointes|adjuntos|anexos|anhänge|viambatisho
        المرفقات|organization|organisation|bijlagen|allegati|вложения""",
}
FIELDS = {
    name.strip(): kind
    for kind, names in _FIELDS.items()
    for line in names.split("\n")
    for name in line.split("|")
}

# "-----Original Message-----", "---------- Forwarded message ---------"
FORWARDED = re.compile(
    r"forward|transf[ée]r|reenvi|encaminhad|weitergeleitet|inoltrat|doorgestuurd|معاد توجيه|مُعاد|محوّلة|"
    r"إعادة توجيه|imesambazwa|iliyosambazwa|imetumwa mbele|пересыла|пересла|iletilen|przekazan|diteruskan|"
    r"chuyển tiếp|转发|轉寄|転送|전달|vidarebefordra|videresend|የተላለፈ|अग्रेषित|ফরোয়ার্ড|la gudbiyay|réachemin",
    re.I,
)
ORIGINAL = re.compile(
    r"original|d'origine|ursprüngliche|oorspronkelijk|originale|الأصلية|الاصلية|asili|halisi|asilia|исходн|"
    r"оригинал|orijinal|özgün|oryginaln|wiadomość|asli|gốc|原始邮件|原邮件|元のメッセージ|원본|alkuperäinen|eredeti|"
    r"የመጀመሪያ|ዋናው|मूल|মূল|asalka|message|mensaje|mensagem|nachricht|messaggio|bericht|رسالة|ujumbe|pesan|"
    r"xabar|メッセージ|reply|antwort|réponse|respuesta|resposta",
    re.I,
)
# Subjects of what is passed on, not answered.
FORWARD_SUBJECT = re.compile(
    r"\s*(?:fwd?|tr|rv|enc|wg|i|doorst|fs|иотв|пересл|إعادة توجيه|转发|vb|ynt yön|pd)\s*:", re.I
)

# "My answers are in red below": without it nobody knows which lines of an unmarked quote are whose.
_ANSWERS = (
    (
        r"\b(?:answer|repl|respon|comment|feedback|input)\w{0,6}\b",
        (
            r"\b(?:below|inline|in-line|in (?:red|blue|green|bold|caps|capitals|colou?r|italics|between)|between|"
            r"underneath|under|beside|next to|inside|after each|behind each)\b"
        ),
    ),
    (
        r"\br[ée]pon\w{1,8}",
        r"dessous|\bsous\b|en (?:rouge|bleu|vert|gras)|\bdans (?:le|votre)|entre (?:les|vos)|à côté|à la suite",
    ),
    (
        r"\b(?:respuestas?|respond\w{0,6}|contest\w{1,6})\b",
        r"\b(?:a?bajo|debajo|en (?:rojo|azul|verde|negrita)|entre l[ií]neas|entre las|a continuación|al lado|junto a|en cada)\b",
    ),
    (
        r"\b(?:respostas?|respond\w{0,6})\b",
        r"\b(?:abaixo|debaixo|(?:a|em) (?:vermelho|azul|verde|negrito)|entre (?:as )?linhas|ao lado|em cada|a seguir)\b",
    ),
    (
        r"\b(?:be)?antwort\w{0,4}\b",
        r"\b(?:unten|darunter|daneben|zwischen|rot|blau|im text|unter|direkt|neben)\b",
    ),
    (r"\brispo\w{1,8}\b", r"\b(?:sotto|in (?:rosso|blu|verde)|nel testo|accanto|(?:tra|fra) le)\b"),
    (r"\b(?:be)?antwoord\w{0,3}\b", r"\b(?:hieronder|onder|rood|blauw|tussen|naast)\b"),
    (r"\b\w{0,6}ji?bu\b", r"\b(?:chini|nyekundu|katikati|kati|kando|pembeni|buluu)\b"),
    (
        r"(?:إجاب|اجاب|أجب|أجيب|جواب|ردود|ردي|أرد)\w*",
        r"أدناه|ادناه|بالأحمر|باللون|بين|أسفل|تحت|بجانب|بالأزرق",
    ),
    (r"\b(?:ответ|отвеч)\w*", r"\b(?:ниже|под|рядом|внутри|между|красн|синим)"),
    (r"\b(?:cevap|yanıt)\w*", r"aşağı|altın|yanın|arasın|kırmızı|mavi"),
    (r"\bjawab\w*", r"\b(?:di ?bawah|sela|antara|merah|biru)"),
    (r"\bjawaab\w*", r"\b(?:hoos|dhexda|casaan)"),
    (r"\b(?:igi|ibi|n?a?s?u?)subi\w*", r"\b(?:hasi|munsi|hagati)"),
    (r"(?:जवाब|उत्तर)", r"नीचे|बीच|लाल"),
    (r"উত্তর", r"নিচে|নীচে|মাঝে"),
    (r"(?:መልስ|መለስ)\w*", r"ከታች|ከስር|በታች|መካከል|በቀይ"),
    (r"(?:回答|回复|回覆|答复)", r"下面|如下|以下|红色"),
)
ANNOUNCED = re.compile(
    "|".join(f"(?:{said}).{{0,40}}?(?:{where})" for said, where in _ANSWERS)
    + r"|see (?:in-?line|in (?:red|blue|green))",
    re.I,
)
