"""The list of webinars and the page of each. Run by pytest."""


def test_a_visitor_finds_a_webinar_and_opens_its_page(visitor, webinar):
    assert webinar.title in visitor.get("/webinars/").content.decode()
    assert webinar.title in visitor.get(webinar.get_absolute_url()).content.decode()
