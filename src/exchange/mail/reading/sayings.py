"""What programs and offices put below a mail: "Sent from my phone", disclaimers, in many languages.
Data alone, for `mail.reading.closings`."""

from __future__ import annotations

import re

# Names of phones and mail programs.
BRAND = re.compile(
    r"iphone|ipad|ipod|apple|samsung|galaxy|android|huawei|honor\b|tecno|infinix|\bitel\b|nokia|oppo|\bvivo\b|"
    r"xiaomi|redmi|\bmi \d|\bpoco\b|realme|oneplus|pixel|motorola|\bmoto\b|\blg\b|xperia|sony|htc\b|alcatel|"
    r"\bzte\b|blackberry|windows|outlook|yahoo|gmail|proton|zimbra|tutanota|tuta\b|aol\b|gmx|web\.de|hotmail|"
    r"thunderbird|k-9|k9|fairemail|aqua ?mail|bluemail|blue mail|spark\b|mail\.ru|yandex|rediff|zoho|"
    r"mymail|typeapp|nine\b|workspace one|boxer|e-?mail app|mail app|webmail|roundcube|\bimp\b|jio|\blava\b|"
    r"micromax|symphony|walton|\btcl\b|umidigi|doogee|blackview|cubot|kaios|mobicel|wiko|condor|op[eé]ra|chrome|"
    r"الآيفون|آيفون|ايفون|سامسونج|هواوي|أندرويد|اندرويد|ሳምሰንግ",
    re.I,
)
# The words for a phone.
DEVICE = re.compile(
    r"\bmobil\w*|cell ?phone|\bphone\b|smart ?phone|\btablet\w*|device|handset|\bt[ée]l[ée]phone|portable\b|"
    r"tel[ée]fono|celular|m[óo]vil|telem[óo]vel|telefonino|cellulare|dispositivo|appareil|handy\b|toestel|"
    r"telefo[on]n?\b|\bsimu\b|kifaa|هاتف|جوال|موبايل|جهاز|"
    r"телефон|смартфон|ስልክ|taleefan|taleefoon|moobil|फ़?ोन|मोबाइल|ফোন|মোবাইল|điện thoại|手机|手機|"
    r"ponsel|\bhp\b|cihaz|telefonum",
    re.I,
)
SENT_FROM = re.compile(
    r"(?:sent|posted|written|typed|delivered|composed) (?:from|via|with|using|by|on|through)\b|"
    r"(?:get|download|try) (?:outlook|bluemail|yahoo|the )|"
    r"(?:get|download|obten(?:er|ga|ez)|obter|obtenir|baixar|téléchargez?|descarg\w+|holen sie sich|scarica|ottieni|pata|pakua|"
    r"haal|dapatkan|скачать|установить) (?:o |a |el |la |le |das )?[\w.-]{2,20}(?: \w{1,12}){0,2} "
    r"(?:for|para|pour|für|per|voor|kwa ajili ya|kwa|untuk|для) (?:android|ios|iphone|windows|mac|desktop)\b|"
    r"(?:envoy[ée]e?s?|exp[ée]di[ée]e?|transmis|écrit) (?:de|depuis|d'|à partir d|a partir d|avec|par|via|sur)|"
    r"(?:télécharge[rz]|obtenir|obtenez) outlook|provenance ?:|"
    r"enviado (?:desde|con|de|por|a trav[ée]s|do|da|pelo|pela|a partir d|via|com|no|na)\b|"
    r"(?:obtener|obtenga|descarga\w*|obter|baixar|transferir) (?:o )?outlook|"
    r"(?:أُ?رسلت?|اُ?رسلت?|ا?ُرسلَ?ت?|تم ا?لإ?إ?رساله?ا?|تم إرسال\w*|مُ?رسلة?|أُرسِلت?|الإرسال) (?:هذه? \w+ )?(?:من|عبر|بواسطة|باستخدام)|"
    r"(?:احصل على|الحصول على|تنزيل) outlook|"
    r"(?:imetumwa|ilitumwa|nimetuma|imetumwa|iliyotumwa|umetumwa|ujumbe umetumwa) (?:kutoka|kwa|kupitia|kwenye)|"
    r"(?:pata|pakua) outlook|"
    r"von mein\w+ .{2,60} (?:gesendet|geschickt|versendet)|(?:gesendet|diese nachricht wurde) (?:von|mit|über|aus|via)\b|"
    r"(?:holen sie sich )?outlook f(?:ü|ue)r|"
    r"inviat[oa] (?:da|dal|dalla|con|tramite|col)\b|(?:scarica|ottieni) outlook|"
    r"(?:verzonden|verstuurd|gestuurd|verzend) (?:vanaf|van|met|via|vanuit|door)\b|outlook voor|(?:download|haal) outlook|"
    r"отправлено (?:с|из|через)|надіслано (?:з|із)|wys[łl]an[eoy] z|dikirim (?:dari|melalui|lewat)|b?yoherejwe|e?tind\w+ na|"
    r"(?:được )?gửi từ|(?:从|從|发自|發自|發送自|来自)|送信|skickat fr[åa]n|sendt fra|lähetetty|odesláno z|"
    r"trimis (?:de pe|de la|din)|στάλθηκε|נשלח מ|ارسال شده از|فرستاده شده از|ከ.{1,40}የተላከ|ከ.{1,40}ተልኳል|"
    r"(?:waxaa )?(?:laga )?(?:soo )?diray|मेरे .{1,40}भेजा|.{1,40}से भेजा|আমার .{1,40}পাঠানো|"
    r".{2,40}(?:dan|den|ndan|nden|mdan|mden) g[öo]nderildi|.{1,30}(?:から送信|에서 보냄|で送信)|"
    r"yahoo mail: search|yahoo! mail|sent on the (?:go|move)",
    re.I,
)
# A place, not a device: "Sent from my office yesterday".
PLACE = re.compile(
    r"office|home|house|desk|village|school|church|boss|colleague|camp|field|bureau", re.I
)
EXCUSES = re.compile(
    r"\W*(?:please |kindly |sorry for |apologies for )?(?:excuse|pardon|forgive|ignore|any|my|the)\b.{0,60}\b"
    r"(?:typos?|brevity|errors?|spelling|autocorrect|fat fingers)|"
    r"\W*(?:merci d'|veuillez )?(?:excuse[rz]) .{0,40}(?:fautes?|brièveté|coquilles?)|"
    r"\W*(?:disculp\w+|perdon\w+|desculp\w+) .{0,40}(?:brevedad|errores|erros|brevidade)",
    re.I,
)

# Each that stands in a paragraph counts; two make it a notice.
DISCLAIMS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        (
            r"intended (?:recipient|addressee|only for|solely for|exclusively for|for the (?:use|attention|named))|"
            r"(?:solely|only|exclusively) (?:for|intended for) the (?:use|individual|person|named|addressee|intended)|"
            r"addressee"
        ),
        r"(?:received|gotten|got) (?:this|the) .{0,40}(?:in error|by mistake)|(?:in error|by mistake),? please",
        (
            r"(?:notify|inform|contact|advise) the sender|delete (?:it|this|the (?:e-?mail|message|original))|"
            r"(?:destroy|delete) (?:all )?(?:copies|any cop)"
        ),
        (
            r"(?:this|the) (?:e-?mail|message|communication|transmission)\b.{0,80}\b(?:confidential|privileged|proprietary)|"
            r"confidential(?:ity)? (?:notice|note|information)|legally privileged|privileged (?:and|or) confidential"
        ),
        (
            r"unauthori[sz]ed .{0,40}(?:use|review|disclosure|access|copying|distribution)|"
            r"(?:disclosure|dissemination|distribution|copying).{0,80}(?:prohibited|unlawful|not permitted)|"
            r"strictly prohibited"
        ),
        r"views (?:or|and) opinions|(?:do|does) not (?:necessarily )?(?:represent|reflect)|accepts? no (?:liability|responsibility)",
        r"\bviruses\b.{0,80}(?:scan|check|free|liab|damage|ensure)|(?:scanned|checked) (?:for|by).{0,30}(?:virus|malware)",
        # French
        (
            r"(?:ce|cet|le présent) (?:message|courriel|e-?mail|courrier).{0,120}(?:confidentiel|exclusivement|destiné|"
            r"à l'(?:intention|attention|usage))"
        ),
        (
            r"destinataires?.{0,60}(?:pr[ée]vu|désigné|erreur|usage|exclusi)|(?:n'êtes pas|n'etes pas) (?:le |l'un des )?destinataire|"
            r"usage exclusif"
        ),
        r"(?:reçu|recu) (?:ce|cet|le).{0,40}par erreur|par erreur.{0,80}(?:détruire|supprimer|avertir|informer|expéditeur)",
        r"(?:toute|utilisation|diffusion|reproduction|publication).{0,80}(?:interdite?|prohibée?|non autorisée)",
        r"(?:avertir|informer|prévenir|en aviser).{0,30}(?:l'expéditeur|expéditeur)",
        # Spanish and Portuguese
        (
            r"(?:este|esta|presente|el contenido de este) (?:mensaje|correo|mensagem|e-?mail|comunicaci[óo]n).{0,140}"
            r"(?:confidencia|exclusiv|dirigid|destinad|privilegiad)"
        ),
        (
            r"(?:destinatario|destinat[áa]rio).{0,100}(?:err|notif|elimin|apag|avis|prohib|proib)|"
            r"(?:no es|não é|não for|no fuera|si usted no es) (?:usted )?[eo]l? ?(?:el )?destinat"
        ),
        r"(?:recibi|receb)\w*.{0,50}por (?:error|engano|erro|equivocaci)|por (?:error|engano|erro)\b.{0,100}(?:elimin|apag|notif|avis|remitente)",
        r"(?:prohibid|proibid|vedad)[oa]",
        r"(?:notif|avis|comuni|inform)\w*.{0,40}(?:remitente|emisor)",
        # Arabic
        r"(?:هذه? (?:الرسالة|البريد|الرساله|المراسلة)|البريد الإلكتروني|الرسالة).{0,120}(?:سري|سرية|خاص|مخصص|موجه)",
        r"(?:المرسل إليه|المستلم المقصود|المتلقي المقصود|الشخص المعني|لست المقصود|غير المقصود)",
        r"(?:بطريق الخطأ|عن طريق الخطأ|بالخطأ|خطأً?).{0,100}",
        r"(?:إبلاغ|إخطار|ابلاغ|إعلام|اخطار|إشعار) (?:ال)?مرسل|حذفها|حذف الرسالة|إتلاف",
        # Kiswahili
        r"(?:barua pepe|ujumbe)\s+hi?[iu]?y?[oiu]?\b.{0,100}(?:siri|kwa ajili ya|imekusudiwa|umekusudiwa)",
        r"(?:mpokeaji|mlengwa|mhusika) (?:aliyekusudiwa|halisi|anayekusudiwa)|si (?:wewe )?(?:mpokeaji|mlengwa)",
        r"(?:umepokea|ulipokea|umeipokea|umeupokea).{0,60}(?:kimakosa|kwa makosa|kwa bahati mbaya)",
        r"(?:tafadhali )?(?:mjulishe|mfahamishe|mtaarifu|umjulishe) .{0,20}(?:mtumaji|aliyetuma)|(?:uifute|ifute|uufute|futa)\b",
        # German, Italian, Dutch
        r"diese (?:e-?mail|nachricht).{0,100}(?:vertraulich|bestimmt|rechtlich)|nicht der (?:richtige|beabsichtigte|vorgesehene) ",
        (
            r"(?:irrtümlich|versehentlich).{0,60}(?:erhalten|empfangen)|(?:informieren|benachrichtigen) sie.{0,40}absender|"
            r"vernichten sie|unbefugte weitergabe|nicht gestattet"
        ),
        (
            r"(?:questo|questa|la presente|il presente|il contenuto|le informazioni).{0,120}(?:riservat|confidenzial|destinat)|"
            r"destinatari[oi].{0,80}(?:error|esclusiv|divulg)"
        ),
        r"(?:ricevut\w+).{0,50}per errore|(?:vietat[aoe]|proibit[aoe])\b|(?:avvisare|informare|avvertire).{0,30}mittente",
        r"(?:dit|deze) (?:e-?mail|bericht).{0,100}(?:vertrouwelijk|bestemd|uitsluitend)|geadresseerde",
        (
            r"(?:ten onrechte|per vergissing|abusievelijk).{0,60}(?:ontvang|afzender)|(?:afzender).{0,60}(?:informeren|stellen|verwijder|waarschuw)|"
            r"(?:openbaarmaking|vermenigvuldiging|verspreiding)"
        ),
        # Others, the commonest
        r"(?:данное|это|настоящее) (?:сообщение|письмо).{0,100}(?:конфиденциальн|предназначен)",
        r"(?:если вы|получили).{0,60}(?:ошибк|адресат)|(?:уведомите|сообщите).{0,30}отправител",
        r"(?:bu|işbu) (?:e-?posta|mesaj|ileti).{0,120}(?:gizli|özel|yalnızca|sadece)",
        r"(?:yanlışlıkla|hata ile|hataen|sehven).{0,80}|(?:göndereni|gönderene).{0,40}(?:bilgi|haber)",
        r"(?:e-?mail|email|pesan|surel) ini.{0,120}(?:rahasia|ditujukan|khusus)",
        r"penerima yang (?:dituju|dimaksud)|(?:menerima|terima).{0,40}(?:kesalahan|keliru)|(?:beri ?tahu|hubungi) pengirim",
        r"(?:email|thư|e-?mail) này.{0,120}(?:bảo mật|bí mật|dành cho|riêng)",
        r"(?:không phải là) người nhận|nhận (?:được )?(?:email|thư) này do nhầm|(?:thông báo|báo) (?:cho|lại) người gửi",
        r"(?:ta|niniejsza) (?:wiadomość|korespondencja|informacja).{0,120}(?:poufn|przeznaczon)",
        r"(?:przez pomyłkę|omyłkowo|nie są państwo adresatem)|(?:powiadom|poinform).{0,40}nadawc",
        r"(?:የኢሜይል|ኢሜይሉ|ኢሜል|መልእክት|ይህ).{0,80}(?:ሚስጥራዊ|ምስጢራዊ|ሚስጥር|ምስጢር)",
        r"(?:በስህተት|በስሕተት)|(?:ላኪውን|ለላኪው).{0,40}",
        r"(?:यह|इस) (?:ई-?मेल|ईमेल|संदेश|मेल).{0,120}(?:गोपनीय|केवल)|(?:गलती से|भूलवश|त्रुटिवश)|प्रेषक को.{0,20}सूचित",
        r"(?:এই) (?:ই-?মেইল|ইমেইল|বার্তা).{0,120}(?:গোপনীয়|গোপনীয়|শুধুমাত্র)|(?:ভুলবশত|ভুল করে).{0,60}|প্রেরককে.{0,30}",
        r"(?:emailkan|farriintan|fariintan|iimaylkan).{0,120}(?:sir|qarsoodi|loogu talagalay)",
        r"(?:si khalad ah|qalad ahaan|khalad ahaan)|(?:u sheeg|ogeysii).{0,30}(?:diraha|soo diray)",
        r"(?:此|本)(?:电子)?(?:邮件|郵件|信息).{0,60}(?:保密|机密|機密)|(?:误收|錯收|错误收到)|(?:立即|请)通知(?:发件人|發件人)",
        r"(?:本|この)メール.{0,60}(?:機密|秘密)|(?:誤って|誤送信).{0,40}",
    )
)
# One of these is enough.
NOTICES = re.compile(
    r"please (?:consider|think of|think about) the environment|think before you print|"
    r"(?:pensez|merci de penser|avant d'imprimer).{0,60}(?:environnement|imprimer|planète)|"
    r"antes de imprimir|(?:umwelt|an die umwelt).{0,60}(?:druck|ausdruck)|prima di stampare|denk aan het milieu|"
    r"(?:قبل طباعة|البيئة قبل)|fikiria mazingira|"
    r"virus-?free\.?\s*(?:www\.|<|\Z)|(?:garanti )?sans virus\.?\s*(?:www\.|<)|libre de virus\.?\s*(?:www\.|<)|"
    r"livre de v[íi]rus\.?\s*(?:www\.|<)|sem v[íi]rus\.?\s*(?:www\.|<)|virenfrei\.?\s*(?:www\.|<)|privo di virus\.?\s*(?:www\.|<)|virusvrij\.?\s*(?:www\.|<)|"
    r"خا(?:لٍ|لي|ل)ي? من الفيروسات|\bavast\.com|avg\.com|checked for viruses|"
    r"(?:message|e-?mail|mail|courriel|correo|nachricht) (?:has been |was |a été |ha sido |wurde )(?:checked|scanned|analysé|vérifié|revisado|analizado|auf viren)|"
    r"this (?:e-?mail|message) was sent to you by|this (?:e-?mail|message) was sent to \S+@|"
    r"you (?:received|are receiving) this (?:message|e-?mail) because you are|to unsubscribe from this (?:group|list)|"
    r"this (?:e-?mail|message) originated from outside|(?:click|open) (?:on )?(?:any )?(?:links|attachments) (?:or|unless)|"
    r"external (?:e-?mail|sender)\W|ce (?:message|courriel|mail) (?:provient|vous a été envoyé par)|"
    r"este (?:correo|mensaje|e-?mail) (?:se ha enviado|le ha sido enviado|fue enviado) (?:por|a)\b|"
    r"este (?:e-?mail|mensagem) foi enviad[oa] (?:por|para|a)\b|تم إرسال هذه? (?:الرسالة|البريد).{0,20}(?:إليك|بواسطة)|"
    r"barua pepe hii (?:imetumwa|ilitumwa) kwako|ujumbe huu umetumwa kwako|"
    r"\bwas sent (?:using|from|via|with) \w+.{0,60}(?:webmail|messaging|mail|app)|reacted via gmail|google\.com/gmail/about|"
    r"\A_{8,}.{0,200}mailing list|mailing list\s+\S+@\S+|google groups|"
    r"\b(?:avast|avg|eset|nod32|kaspersky|mcafee|norton|bitdefender|avira)\b.{0,100}virus|"
    r"virus.{0,120}\b(?:avast|avg|eset|nod32|kaspersky|mcafee|norton|bitdefender|avira)\b|"
    r"(?:message|mensaje|correo|mensagem|messaggio|nachricht|courriel|e-?mail).{0,30}(?:envoyée?|enviad[oa]|inviat[oa]|"
    r"gesendet).{0,40}(?:webmail|\bimp\b|horde|roundcube|squirrel)|"
    r"(?:this|ce|este|esta|diese|questo|ujumbe) .{0,30}\b(?:sms|text message|texto)\b.{0,60}"
    r"(?:gateway|passerelle|pasarela|daraja|bridge|\+\d{7}|\+\d[\d ]{9})|"
    r"(?:free|gratis|gratuite?|gr[áa]tis|kostenlos\w*)\b.{0,40}\d ?[GT][Bo]\b.{0,30}https?://|"
    r"(?:analizado|analis[ée]|analyzed|analysiert|scanned|checked) .{0,40}(?:correo|mail|message|mensagem|nachricht).{0,40}"
    r"(?:virus|v[íi]rus)|"
    r"questa (?:e-?mail|mail) (?:è|ti è) stata inviata|deze e-?mail (?:is|werd) (?:aan u )?(?:verzonden|verstuurd)",
    re.I,
)
# A heading that says a notice follows.
NOTICE_HEADING = re.compile(
    r"\W*(?:(?:legal |e-?mail |important |confidentiality )*(?:disclaimer|confidentiality(?: notice)?|notice)|"
    r"avertissement|avis de confidentialité|confidentialité|clause de confidentialité|"
    r"aviso (?:legal|de confidencialidad\w*|de confidencialidade)|confidencialidad\w*|"
    r"haftungsausschluss|vertraulichkeitshinweis|avviso di riservatezza|riservatezza|vertrouwelijkheid|"
    r"yasal uyarı|gizlilik (?:uyarısı|bildirimi)|penafian|pemberitahuan|klauzula poufności|oświadczenie|miễn trừ.{0,20}|"
    r"конфиденциально\w*|अस्वीकरण|गोपनीयता.{0,20}|免责声明|免責事項|ማሳሰቢያ|ማስታወቂያ|ogeysiis|digniin|"
    r"إخلاء (?:ال)?مسؤولية|تنويه|إشعار (?:ال)?سرية|تنبيه|kanusho|tahadhari|ilani(?: ya siri)?|notisi ya siri)\b\W{0,4}",
    re.I,
)
# How letters close; what follows may be a block of contacts.
CLOSES = re.compile(
    r"\W*(?:(?:(?:kind|best|warm|kindest|warmest|many|with|in)\b ?)*(?:regards|wishes|thanks|solidarity|peace)|best|"
    r"thanks(?: (?:and|&) regards| again| a lot| so much)?|thank you(?: (?:and|so much|very much).{0,20})?|sincerely(?: yours)?|yours (?:sincerely|truly|faithfully)|"
    r"cheers|respectfully|blessings|cordialement|bien cordialement|bien à vous|amicalement|salutations?.{0,20}|"
    r"(?:très )?cordialement.{0,20}|merci(?: (?:beaucoup|bien|d'avance))?|meilleures salutations|saludos?(?: cordiales)?|un (?:cordial )?saludo|atentamente|"
    r"gracias|muchas gracias|atenciosamente|att|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|obrigad[oa]|abraços?|"
    r"mit freundlichen grü(?:ß|ss)en|(?:viele|beste|liebe|herzliche) grü(?:ß|ss)e|mfg|lg|vg|danke|cordiali saluti|distinti saluti|saluti|grazie|"
    r"met vriendelijke groet(?:en)?|(?:hartelijke |vriendelijke )?groet(?:en|jes)?|mvg|bedankt|"
    r"مع (?:أطيب|خالص|فائق|تحياتي|الشكر|التحية|الاحترام|التقدير).{0,40}|تحياتي.{0,20}|شكرا?ً?(?: جزيلا?ً?)?|وتقبلوا.{0,40}|"
    r"(?:wako|wenu)(?: katika.{0,20}| mtiifu| mwaminifu)?|asante(?: sana|ni)?|ahsante(?: sana)?|kila la (?:heri|kheri)|salamu|"
    r"с уважением|спасибо|saygılarımla|pozdrawiam|z poważaniem|salam|hormat kami|mahadsanid|trân trọng|此致)\W{0,4}\Z",
    re.I,
)
