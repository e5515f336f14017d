"""What is no door: addresses, listeners and mails that carry nobody's words outward, and why.
Read by the test of every door."""

# Addresses that never carry what somebody else wrote, and why.
NEVER = {
    "what is wanted in other languages; the tests of translating show that it closes with the text": {
        "translating:wanted"
    },
    "words of the glossary, and a translation in the hands of its people": {
        *("translating:glossary", "translating:edit", "translating:look"),
        *("translating:wrong", "translating:withdraw", "translating:wish", "translating:begin"),
    },
    "what stands in a hub or a group, for those inside; test_doors_inside shows that it stays there": {
        *("inside:talk", "inside:queue", "inside:queue-contribution", "inside:queue-reply"),
        *("inside:queue-revision", "inside:share-on", "inside:share-asking"),
    },
    "own words and forms, shown to their writer and to hosts": {
        *("contributions:ask", "contributions:share", "contributions:share-idea"),
        *("contributions:share-discussion", "contributions:share-notice"),
        *("contributions:share-experience", "contributions:experience-step"),
        *("contributions:draft", "contributions:revise", "contributions:withdraw"),
        *("conversation:reply-revise", "conversation:reply-withdraw"),
        *("contributions:picture-add", "members:me", "members:data", "members:data-page"),
        *("members:data-file", "members:leave", "members:stop-hosting", "members:goodbye"),
        *("voices:own", "voices:one", "voices:change"),
        *("desk:appeal-contribution", "desk:appeal-reply"),
        *("library:deposit", "library:deposit-step", "library:deposit-review"),
        *("library:change", "library:kin", "library:offered-take-back"),
        *("library:files", "library:file-replace", "library:file-away"),
        *(
            "discovery:saved",
            "discovery:saved-new",
            "discovery:saved-change",
            "discovery:saved-stop",
        ),
        *("library:collection-new", "library:collection-words", "library:shelf-comment"),
        *("alerts:channels", "alerts:number-stop", "alerts:wishes", "alerts:sent"),
    },
    "titles of protected texts for the two hosts who keep them, also of those taken back": {
        *("voices-desk:voices", "voices-desk:look"),
    },
    "what somebody follows; the tests of it show that a text taken back leaves it": {
        *("alerts:mail", "alerts:follow", "alerts:follow-help"),
    },
    "taken by POST alone; answers with an address": {
        *(
            "contributions:close",
            "mail:answer",
            "conversation:answer",
            "conversation:contribution-helped",
        ),
        *("conversation:reply-helped", "conversation:reply-accepted", "members:data-saver"),
        *("contributions:picture-out", "contributions:picture-away"),
        *("library:checked", "library:deposit-word"),
        *("library:shelf-move", "library:shelf-off", "library:collection-close"),
        *("library:hub-put", "discovery:saved-act", "voices:act", "voices-desk:keep"),
        *("alerts:device", "alerts:number", "alerts:number-code", "alerts:act", "alerts:change"),
    },
    "what stands behind library:deposit-similar, for whoever has begun": {"library:deposit-twins"},
    "a card with the title drawn on it, no words to look for; its tests show that it closes": {
        "contribution-card"
    },
    "our name on a card": {"exchange-card"},
    "a picture's bytes; the tests of pictures show that it closes with its text": {"picture"},
    "words and pictures of a kept file; the tests of reading show that they close with it": {
        *("library:reading", "library:reading-part", "library:reading-problem"),
        *("library:reading-of-file", "library:reading-part-of-file"),
        *("library:reading-problem-of-file", "library-figure"),
    },
    "what stops, in our words; neither a title nor a name": {
        *("alerts:stop", "alerts:unstop"),
    },
    "a member's own digests; the tests of digests show that what is taken back leaves them": {
        *("alerts:digest", "alerts:digest-kept"),
    },
    "names of hubs and groups, which their hosts choose": {"hubs:spaces"},
    "what a group keeps for itself; its tests show that those inside alone read it, until it is sealed": {
        *("hubs:meetings", "hubs:meeting-new", "hubs:meeting", "hubs:meeting-change"),
        *("hubs:meeting-off", "hubs:meeting-file", "hubs:notes", "hubs:notes-write"),
        *("hubs:decisions", "hubs:decision-new", "hubs:decision", "hubs:decision-change"),
        *("hubs:drafts", "hubs:draft-new", "hubs:draft", "hubs:draft-change"),
        *("hubs:draft-versions", "hubs:points", "hubs:point-new", "hubs:action"),
        *("hubs:point-change", "hubs:files", "hubs:file-new", "hubs:file", "hubs:file-replace"),
        *("hubs:file-bytes", "hubs:papers-waiting", "hubs:calendar", "hubs:calendar-own"),
        "hubs:letters-stop",
    },
    "hosts say what a hub is and who belongs to it; the tests of belonging show who may look": {
        *("hubs:settings", "hubs:people", "hubs:people-file", "hubs:person", "hubs:join"),
        *("hubs:mine", "hubs:leave", "hubs:level"),
        *("hubs-desk:overview", "hubs-desk:new", "hubs-desk:close"),
        *("hubs:inviting", "hubs:invited", "hubs:invite-stop", "hubs:link-away"),
        *("hubs:pairs", "hubs:pair", "hubs:my-pairs", "hubs:pair-stop"),
    },
    "what people let others see of themselves; the tests of the directory show that nothing else is": {
        "members:people",
    },
    "names of organisations, and forms about them; what people share there has a door": {
        *("organisations:organisations", "organisations:mine", "organisations:similar"),
        *("organisations:new", "organisations:claim", "organisations:change"),
        *("organisations:work-there", "organisations:speak-no-more"),
    },
    "the Exchange's own texts": {
        *("pages:about", "pages:how", "pages:conduct", "pages:privacy", "pages:safeguarding"),
        *("pages:contact", "pages:help-now", "pages:topics", "pages:offline"),
    },
    "one's own question, typed; what is done in the hour is taken by POST alone": {
        *("webinars:ask", "webinars:vote", "webinars:say", "webinars:hand", "webinars:choose"),
    },
    "for the team of one hour; the tests of them show that they close with it": {
        *("webinars:helping", "webinars:helping-one", "webinars:leading"),
        *("webinars:presenting", "webinars:presenting-by-key"),
    },
    "a signed ticket, no words": {"webinars:ticket"},
    "by which way and how many, one's own": {"webinars:part"},
    "what is written along, and slides; the tests of lanes show that they close with it": {
        *("webinars:lanes", "webinars:lane", "webinars:lane-words", "webinars:slide-picture"),
        "webinars:slides",
    },
    "one's own place; the tests of seats show that it closes with its webinar": {"webinars:seat"},
    "stops reminders, in our words": {"webinars:seat-stop"},
    "of one's own place, after the hour; the tests of it show that they close with the webinar": {
        *("webinars:opinion", "webinars:tried", "webinars:certificate"),
        *("webinars:certificate-check", "webinars:seat-ics"),
    },
    "sound; the tests of it show that it closes with its webinar": {
        *("webinars:minute", "webinars:since"),
    },
    "the microphone of whoever leads": {"webinars:sending", "webinars:sending-piece"},
    "a presenter's own page, by their key; the tests of planning show that it closes": {
        "webinars:presenter",
    },
    "a presenter's own door, by their key; it closes with the webinar": {"webinars:presenter-join"},
    "our mark as a picture": {"webinar-podcast-art"},
    "what an engine tells us; answers with nothing": {
        *("webinar-hook", "webinar-recorded", "webinar-ended"),
    },
    "who we are to other servers, and how many follow; not a word of what is published": {
        *("webfinger", "host-meta", "nodeinfo-links", "nodeinfo"),
        *("fediverse-actor", "fediverse-followers"),
    },
    "taken by POST alone from other servers; answers with nothing": {"fediverse-inbox"},
    "leads to fediverse-item": {"fediverse-item-of"},
    "getting and stopping the newsletter, in our words": {
        *("briefings:subscribe", "briefings:confirm", "briefings:stop", "briefings:subscription"),
    },
    "a file or a sign of life of the program": {
        *("healthz", "readyz", "manifest.webmanifest", "sw.js", "mark.svg", "favicon.ico"),
    },
}
# Rooms and libraries whose addresses are not outward at all, and why.
NOT_OUTWARD = {
    "translating-desk:": "for hosts with a second factor",
    "library-desk:": "for hosts with a second factor",
    "announcing-desk:": "for hosts with a second factor; names of channels and servers",
    "briefings-desk:": "for hosts with a second factor",
    "webinars-desk:": "for hosts with a second factor, and for the team of one hour",
    "home-desk:": "for hosts with a second factor; what they chose for the home",
    "corresponding:": "between two people; its tests show that they alone read it, until it is sealed",
    "organisations-desk:": "for hosts with a second factor; what waits about organisations",
    "contacting-desk:": "for hosts with a second factor; what people wrote to them",
    "desk:": "for hosts with a second factor; they must see what they decided",
    "desk-write": "hosts' own drafts, for hosts with a second factor",
    "members:": "a member's own account",
    "account_": "a member's own account",
    "mfa_": "a member's own account",
    "safeguarding:": "reports, and cases for those who handle them; what is frozen is sealed",
}
# Listeners and clock jobs that carry no words outward, and why.
SILENT = {
    "translating.": "letters about a translation, and its end; the tests of translating show both close",
    "contributions.voices": "a letter that there is something new; not of what, nor that it is about one",
    **dict.fromkeys(
        (
            *("webinars.set_reminders", "webinars.fill_places", "webinars.fill_last_places"),
            "webinars.forget_guests",
        ),
        "places, moments and what is forgotten; the letters have a door",
    ),
    **dict.fromkeys(
        (
            *("webinars.end_sound", "webinars.silence"),
            *("webinars.end_silent_sound", "webinars.clear_sound"),
        ),
        "ends sound and destroys it",
    ),
    **dict.fromkeys(
        (
            *("briefings.ask_subscriber", "briefings.link_subscriber"),
            *("briefings.stop_unwanted", "briefings.forget_unconfirmed"),
        ),
        "who gets the newsletter; not a word of what stands in it",
    ),
    **dict.fromkeys(
        ("briefings.forget_in_newsletters", "briefings.forget_some_newsletters"),
        "stops letters, and has them written anew without what was taken back",
    ),
    "contacting.": "forgets",
    **dict.fromkeys(
        (
            *("hubs.tell_hosts_of_request", "hubs.tell_member", "hubs.tell_of_host"),
            *("hubs.tell_of_empty_chair", "hubs.send_invitation", "hubs.remind_invited"),
            *("hubs.link_invited", "hubs.forget_invited", "hubs.ask_pair", "hubs.ask_pairs"),
            *("hubs.end_pairs", "hubs.tell_pair"),
        ),
        "who belongs to a hub, asks to or is invited; what a host or the other of a pair wrote to one person",
    ),
    **dict.fromkeys(
        (
            *("hubs.tell_of_paper", "hubs.forget_paper", "hubs.remind_of_meetings"),
            *("hubs.remind_of_points", "hubs.follow_clocks", "hubs.sweep_files"),
            "hubs.tell_week",
        ),
        "what a group keeps for itself, to those inside; the last look stops what is sealed",
    ),
    "corresponding.": "from one person to another, who may read it; the last look stops what is sealed",
    "pages.turn": "that a day of what hosts chose began or ended",
    **dict.fromkeys(
        (
            "announcing.keep_up",
            "announcing.say_anew",
            "announcing.find_channels",
            "announcing.find_inboxes",
        ),
        "what is told where; the telling has a door",
    ),
    **dict.fromkeys(
        ("announcing.tell_hosts", "announcing.accept_follower", "announcing.look_after"),
        "channels, followers and what is forgotten; not a word of what is published",
    ),
    **dict.fromkeys(
        ("briefings.words_back", "briefings.nothing_unasked"),
        "words leave briefs, or a brief leaves",
    ),
    **dict.fromkeys(
        ("briefings.tell_answered", "briefings.tell_set_aside", "briefings.look_again"),
        "that a brief waits for hosts; not a word of it",
    ),
    **dict.fromkeys(
        (
            *("briefings.tell_writing_room", "briefings.take_quote_from_writing_room"),
            "briefings.publish_due",
        ),
        "opens the hosts' writing room, which shows nobody else anything",
    ),
    "organisations.": "what hosts decided about the page of an organisation, and their note",
    "alerts.follow_merged": "who follows what",
    "ledger.": "counts and codes",
    "contributions.": "states, files and consents; no words leave",
    "conversation.": "who follows what",
    "safeguarding.": "cases: numbers and codes, to those who handle them",
    "desk.": "that somebody asks; not a word of what",
    "mail.blank_old": "forgets",
    "mail.count_refusal": "how an address fares",
    "mail.handle_incoming": "brings mail in; what is posted then leaves by doors of its own",
    **dict.fromkeys(("mail.look_after_incoming", "mail.forget_incoming"), "finds and forgets"),
    "mail.look_after_addresses": "counts",
    "discovery.look_again": "finds; alerts tell",
    **dict.fromkeys(
        (
            *("alerts.find_more_followers", "alerts.find_watchers", "alerts.find_more_watchers"),
            "alerts.expect_digest",
        ),
        "finds whom to tell",
    ),
    "discovery.forget_found": "stops mails",
    **dict.fromkeys(("library.gather_links", "library.check_links"), "asks addresses of others"),
    "library.look_at_library": "what another library offers, to hosts",
    "library.ask_libraries": "asks the one before",
    "library.forget_looks": "forgets",
    "library.read": "a file becomes its light view; the index is a door of its own",
    "library.forget_reading": "a light view goes with its file",
    "library.sweep_figures": "bytes nobody has any more",
    "library.tell_hosts": "that something waits; not a word of what",
    "library.forget_offered": "stops mails",
    "library.tell_keeper": "the host's note, and what its keeper called a collection",
    "library.find_those_to_tell": "who is to hear of a use",
    "library.note_citing": "which text names which record",
    "library.let_files_out": "files of what is published",
    "library.check_files": "whether files are whole",
    "library.scan_files": "whether files carry a virus",
    "library.clear_files": "files that go",
    "library.file_under_title": "how a title is filed",
    "library.pass_word_on": "a word between hosts and who added a record; no word of the record",
    **dict.fromkeys(
        ("webinars.be_told_of_room", "webinars.close_room", "webinars.look_after_rooms"),
        "opens and closes rooms at an engine, which is told the title and no other word",
    ),
    "webinars.forget_engine_calls": "forgets",
    **dict.fromkeys(
        ("webinars.begin_recording", "webinars.make_recording"),
        "a file that two hosts hear before anybody else",
    ),
    **dict.fromkeys(("webinars.delete_recording", "webinars.clear_recordings"), "files that go"),
    **dict.fromkeys(
        ("webinars.record_goes_too", "webinars.make_record_anew"),
        "a record goes, or is made anew without what was taken back",
    ),
    "webinars.empty_dialogue": "takes words out of what was told",
    "webinars.remind_helpers": "how many questions wait",
    "webinars.forget_events": "forgets",
    "webinars.sweep_slides": "pictures of slides that nobody has any more",
    "discovery.oai_": "numbers, moments and terms; words are described when they are asked for",
    "alerts.tell_hosts": "how many wait",
    # also alerts.tell_hosts_inside, to the hosts of a hub or group
    "alerts.remind_hosts": "how many wait",
    "alerts.forget_": "stops mails",
    **dict.fromkeys(("alerts.look_for_digests", "alerts.expect_digests"), "when one is due"),
    "alerts.tell_author_it_is_withdrawn": "a day and the host's note, no title",
    "alerts.tell_answerer_it_is_withdrawn": "a day and the host's note, no title",
    "alerts.tell_it_stays": "the host's note",
    "webinars.tell_withdrawn": "an hour, no title",
    "webinars.forget_names": "forgets",
    "alerts.tell_answer_stays": "the host's note",
    "alerts.tell_paused": "the host's note",
    "alerts.tell_stopped": "which mails, in our words, to whom they went",
    "alerts.stop_unwanted": "stops mails",
    "alerts.tell_pause_ended": "nothing of anybody's text",
}
SILENT_MAIL = {
    "translation-told": "to who wrote, asked or translated; the last look asks what they may read",
    "group-work": "what a group keeps for itself, to those inside; the last look stops what is sealed",
    "organisations": "what hosts decided about the page of an organisation, and their note",
    "inside-waits": "how many wait, to the hosts of a hub or group",
    **dict.fromkeys(
        ("space-told", "space-invite", "space-pair"),
        "who belongs to a hub or a group, to one person; nothing that is written inside",
    ),
    "voice.": "that there is something new, who keeps the voices, that somebody looked; no words",
    "channel-rests": "which channel does not answer, to hosts",
    "webinar-waits": "how many questions wait, to those who read them first",
    "webinar-off": "that a webinar does not take place, and its hour; not a word of it",
    "contact-receipt": "that something came, not a word of it",
    "message": "what one person wrote to another, to them alone",
    "contact": "a host's answer to whoever wrote to the hosts",
    **dict.fromkeys(("brief-hosts", "brief-due"), "that a brief waits for hosts; not a word of it"),
    "writing": "that something did not go out at its hour, to the host who set it",
    "receipt": "to whoever wrote, what became of their own words",
    "probe": "whether an address works",
    "mail-trouble": "which provider refuses our mail, to hosts",
    "deposit": "a word between hosts and who added a record; no word of the record",
    "account": "a member's own account",
    "stopped": "which of their mails stopped, in our words",
    "code": "a code",
    "recall": "a day, nothing else",
    "safeguarding": "numbers of cases and days, to those who handle them",
    "notice": "that there is something new, not what",
    "picture-consent": "who gave consent, to its keeper",
}
