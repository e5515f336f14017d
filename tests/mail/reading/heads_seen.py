"""Lines that mail programs write above a quote, as they really look.
Read by the tests of reading."""

WROTE = {
    "gmail en": "On Mon, Nov 3, 2026 at 10:12 AM Joseph Mwangi <reply+abc@exchange.example> wrote:",
    "gmail en, wrapped": "On Mon, 3 Nov 2026 at 10:12, Community Child Protection Exchange <\n"
    "reply+abc@exchange.example> wrote:",
    "apple en": "On 3 Nov 2026, at 10:12, Joseph via the Exchange <reply+abc@exchange.example> wrote:",
    "outlook mac": 'On 11/3/26, 10:12 AM, "Joseph" <reply+abc@exchange.example> wrote:',
    "thunderbird en": "On 03/11/2026 10:12, Joseph Mwangi wrote:",
    "proton": "On Monday, November 3rd, 2026 at 10:12, Joseph <reply+abc@exchange.example> wrote:",
    "zoho": "---- On Mon, 03 Nov 2026 10:12:00 +0300 Joseph <reply+abc@exchange.example> wrote ----",
    "gmail fr": "Le lun. 3 nov. 2026 à 10:12, Joseph Mwangi <reply+abc@exchange.example> a écrit :",
    "thunderbird fr": "Le 03/11/2026 à 10:12, Joseph Mwangi a écrit\xa0:",
    "gmail fr, wrapped": "Le lun. 3 nov. 2026 à 10:12, Joseph Mwangi via the Exchange\n"
    "<reply+abc@exchange.example> a écrit :",
    "gmail es": "El lun, 3 nov 2026 a las 10:12, Joseph (<reply+abc@exchange.example>) escribió:",
    "apple es": "El 3 nov 2026, a las 10:12, Joseph <reply+abc@exchange.example> escribió:",
    "gmail pt": "Em seg., 3 de nov. de 2026 às 10:12, Joseph <reply+abc@exchange.example>\nescreveu:",
    "apple pt": "No dia 3 de nov. de 2026, às 10:12, Joseph <reply+abc@exchange.example> escreveu:",
    "gmail ar": "في الاثنين، ٣ نوفمبر ٢٠٢٦ في ١٠:١٢ ص تمت كتابة ما يلي بواسطة\n"
    "Joseph <reply+abc@exchange.example>:",
    "apple ar": "في ٣ نوفمبر ٢٠٢٦، الساعة ١٠:١٢ ص، كتب/كتبت Joseph <reply+abc@exchange.example>:",
    "gmail ar, older": "بتاريخ الاثنين، 3 نوفمبر 2026 10:12 ص، Joseph <reply+abc@exchange.example> كتب:",
    "gmail sw": "Mnamo Jtt, 3 Nov 2026 saa 10:12 Joseph <reply+abc@exchange.example> aliandika:",
    "apple sw": "Tarehe 3 Novemba 2026, saa 10:12, Joseph <reply+abc@exchange.example> ameandika:",
    "gmail de": "Am Mo., 3. Nov. 2026 um 10:12 Uhr schrieb Joseph <reply+abc@exchange.example>:",
    "thunderbird de": "Am 03.11.26 um 10:12 schrieb Joseph Mwangi:",
    "gmail it": "Il giorno lun 3 nov 2026 alle ore 10:12 Joseph <reply+abc@exchange.example> ha\nscritto:",
    "gmail nl": "Op ma 3 nov 2026 om 10:12 schreef Joseph <reply+abc@exchange.example>:",
    "gmail am": "በሰኞ፣ ኖቬም 3 2026 በ10:12 ጥዋት ላይ Joseph <reply+abc@exchange.example> እንዲህ ጻፉ፦",
    "gmail hi": "सोम, 3 नव॰ 2026 को 10:12 am बजे को Joseph <reply+abc@exchange.example> ने लिखा:",
    "gmail bn": "সোম, ৩ নভে, ২০২৬ তারিখে ১০:১২ AM টায় তে Joseph <reply+abc@exchange.example> লিখেছেন:",
    "gmail ru": "пн, 3 нояб. 2026 г. в 10:12, Joseph <reply+abc@exchange.example>:",
    "apple ru": "3 нояб. 2026 г., в 10:12, Joseph <reply+abc@exchange.example> написал(а):",
    "gmail tr": "Joseph Mwangi <reply+abc@exchange.example>, 3 Kas 2026 Pzt, 10:12\ntarihinde şunu yazdı:",
    "gmail pl": "pon., 3 lis 2026 o 10:12 Joseph <reply+abc@exchange.example> napisał(a):",
    "gmail id": "Pada tanggal Sen, 3 Nov 2026 pukul 10.12 Joseph <reply+abc@exchange.example> menulis:",
    "gmail vi": "Vào Th 2, 3 thg 11, 2026 vào lúc 10:12 Joseph <reply+abc@exchange.example> đã\nviết:",
    "gmail zh": "Joseph <reply+abc@exchange.example> 于2026年11月3日周一 10:12写道：",
    "gmail ja": "2026年11月3日(火) 10:12 Joseph <reply+abc@exchange.example>:",
    "yandex": '03.11.2026, 10:12, "Joseph" <reply+abc@exchange.example>:',
    "mail.ru": "Понедельник, 3 ноября 2026, 10:12 +03:00 от Joseph <reply+abc@exchange.example>:",
    "yahoo es": "El lunes, 3 de noviembre de 2026, 10:12:00 CET, Joseph <reply+abc@exchange.example>\nescribió:",
    "nobody knows": "Ŝi je 3 nov 2026 10:12 Joseph <reply+abc@exchange.example> xyzis:",
}

FIELDS = {
    "outlook en": "From: Joseph <reply+abc@exchange.example>\nSent: Monday, November 3, 2026 10:12 AM\n"
    "To: Amina <amina@example.org>\nSubject: Your question",
    "outlook en, bold": "*From:* Joseph <reply+abc@exchange.example>\n*Sent:* Monday, 3 November 2026\n"
    "*To:* Amina\n*Subject:* Your question",
    "old outlook en": "-----Original Message-----\nFrom: Joseph\nSent: Monday, 3 November 2026 10:12\n"
    "To: Amina\nSubject: Your question",
    "outlook.com": "________________________________\nFrom: Joseph <reply+abc@exchange.example>\n"
    "Sent: Monday, November 3, 2026 10:12 AM\nTo: Amina\nSubject: Your question",
    "samsung": "-------- Original message --------\nFrom: Joseph <reply+abc@exchange.example> \n"
    "Date: 03/11/2026  10:12  (GMT+03:00) \nTo: amina@example.org \nSubject: Your question ",
    "outlook fr": "De : Joseph <reply+abc@exchange.example>\nEnvoyé : lundi 3 novembre 2026 10:12\n"
    "À : Amina <amina@example.org>\nObjet : Votre question",
    "samsung fr": "-------- Message d'origine --------\nDe : Joseph <reply+abc@exchange.example>\n"
    "Date : 03/11/2026 10:12 (GMT+01:00)\nÀ : amina@example.org\nObjet : Votre question",
    "outlook es": "De: Joseph <reply+abc@exchange.example>\nEnviado: lunes, 3 de noviembre de 2026 10:12\n"
    "Para: Amina\nAsunto: Su pregunta",
    "outlook pt": "De: Joseph <reply+abc@exchange.example>\nEnviada em: segunda-feira, 3 de novembro de"
    " 2026 10:12\nPara: Amina\nAssunto: A sua pergunta",
    "outlook de": "Von: Joseph <reply+abc@exchange.example>\nGesendet: Montag, 3. November 2026 10:12\n"
    "An: Amina\nBetreff: Ihre Frage",
    "gmx": "Gesendet: Montag, 03. November 2026 um 10:12 Uhr\nVon: Joseph <reply+abc@exchange.example>\n"
    "An: amina@example.org\nBetreff: Ihre Frage",
    "outlook it": "Da: Joseph <reply+abc@exchange.example>\nInviato: lunedì 3 novembre 2026 10:12\n"
    "A: Amina\nOggetto: La sua domanda",
    "outlook nl": "Van: Joseph <reply+abc@exchange.example>\nVerzonden: maandag 3 november 2026 10:12\n"
    "Aan: Amina\nOnderwerp: Uw vraag",
    "outlook ar": "من: Joseph <reply+abc@exchange.example>\nتم الإرسال: 03 نوفمبر, 2026 10:12 ص\n"
    "إلى: Amina\nالموضوع: سؤالك",
    "sw": "Kutoka: Joseph <reply+abc@exchange.example>\nImetumwa: Jumatatu, 3 Novemba 2026 10:12\n"
    "Kwa: Amina\nMada: Swali lako",
    "outlook ru": "От: Joseph <reply+abc@exchange.example>\nОтправлено: 3 ноября 2026 г. 10:12\n"
    "Кому: Amina\nТема: Ваш вопрос",
    "qq": "------------------ 原始邮件 ------------------\n发件人: Joseph <reply+abc@exchange.example>\n"
    "发送时间: 2026年11月3日 10:12\n收件人: Amina\n主题: 问题",
}
