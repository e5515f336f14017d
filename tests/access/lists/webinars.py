"""Who may open which address: webinars and their pages at the desk.
Read by tests/access/test_matrix.py."""

LISTS = {
    "everybody": """
        webinars:opinion seat
        webinars:tried seat
        webinars:certificate seat
        webinars:certificate-check
        webinars:ics open webinar
        webinars:seat-ics seat
        webinars:ask open webinar
        webinars:live open webinar
        webinars:state open webinar
        webinars:slides open webinar
        webinars:ticket open webinar
        webinars:join open webinar
        webinars:register open webinar
        webinars:seat-stop seat
        webinars:seat seat
        webinars:sound open webinar
        webinars:list
        webinars:page open webinar
    """,
    "nobody, or only what is not there": """
        webinars:ics planned webinar
        webinars:helping-one open webinar
        webinars:helping-one planned webinar
        webinars:presenting-by-key nothing
        webinars:lane open webinar
        webinars:lane planned webinar
        webinars:lane-words open webinar
        webinars:lane-words planned webinar
        webinars:slide-picture open webinar
        webinars:slide-picture planned webinar
        webinars:ticket planned webinar
        webinars:presenter-join nothing
        webinars:since open webinar
        webinars:since planned webinar
        webinars:minute open webinar
        webinars:minute planned webinar
        webinars:series nothing
        webinars:presenter nothing
    """,
    "hosts, unseen by others": """
        webinars:ask planned webinar
        webinars:helping open webinar
        webinars:helping planned webinar
        webinars:presenting open webinar
        webinars:presenting planned webinar
        webinars:leading open webinar
        webinars:leading planned webinar
        webinars:live planned webinar
        webinars:state planned webinar
        webinars:lanes open webinar
        webinars:lanes planned webinar
        webinars:slides planned webinar
        webinars:join planned webinar
        webinars:register planned webinar
        webinars:sound planned webinar
        webinars:sending open webinar
        webinars:sending planned webinar
        webinars:page planned webinar
        webinars-desk:slides open webinar
        webinars-desk:slides planned webinar
    """,
    "only by post": """
        webinars:vote open webinar
        webinars:vote planned webinar
        webinars:say open webinar
        webinars:say planned webinar
        webinars:hand open webinar
        webinars:hand planned webinar
        webinars:choose open webinar
        webinars:choose planned webinar
        webinars:part open webinar
        webinars:part planned webinar
        webinars:sending-piece open webinar
        webinars:sending-piece planned webinar
        webinars-desk:after-tried open webinar
        webinars-desk:after-tried planned webinar
        webinars-desk:after-open open webinar
        webinars-desk:after-open planned webinar
        webinars-desk:after-answer open webinar
        webinars-desk:after-answer planned webinar
        webinars-desk:after-enter open webinar
        webinars-desk:after-enter planned webinar
        webinars-desk:recording-make open webinar
        webinars-desk:recording-make planned webinar
        webinars-desk:recording-say open webinar
        webinars-desk:recording-say planned webinar
        webinars-desk:recording-away open webinar
        webinars-desk:recording-away planned webinar
    """,
    "hosts at the desk": """
        webinars-desk:after-answers open webinar
        webinars-desk:after-answers planned webinar
        webinars-desk:recordings open webinar
        webinars-desk:recordings planned webinar
        webinars-desk:figures open webinar
        webinars-desk:figures planned webinar
        webinars-desk:room open webinar
        webinars-desk:room planned webinar
        webinars-desk:seats open webinar
        webinars-desk:seats planned webinar
        webinars-desk:reminders open webinar
        webinars-desk:reminders planned webinar
        webinars-desk:overview
        webinars-desk:new
        webinars-desk:series-new
        webinars-desk:one open webinar
        webinars-desk:one planned webinar
        webinars-desk:words open webinar
        webinars-desk:words planned webinar
        webinars-desk:time open webinar
        webinars-desk:time planned webinar
        webinars-desk:team open webinar
        webinars-desk:team planned webinar
        webinars-desk:announce open webinar
        webinars-desk:announce planned webinar
        webinars-desk:cancel open webinar
        webinars-desk:cancel planned webinar
    """,
    "hosts at the desk, nothing of the sort": """
        webinars-desk:after open webinar
        webinars-desk:after planned webinar
        webinars-desk:recording-play open webinar
        webinars-desk:recording-play planned webinar
        webinars-desk:recording-elsewhere open webinar
        webinars-desk:recording-elsewhere planned webinar
        webinars-desk:series-figures nothing
        webinars-desk:series-words nothing
    """,
}
