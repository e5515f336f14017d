"""Reading about members across tables: whose address it is, who hosts, what is still to agree to.
Called by actions, forms and views of this room and of the rooms above."""

from exchange.core.text import skeleton
from exchange.members import apart, showing
from exchange.members.models import CONDUCT_VERSION, Agreement, Member
from exchange.members.showing import Shown


def by_address(email: str) -> Member | None:
    """The member who has this address. One query, whether or not somebody has it."""
    found: Member | None = Member.objects.filter(
        email=email.strip().lower(), erased_at=None
    ).first()
    return found


def there_is_a_host() -> bool:
    return bool(Member.objects.hosts().exists())


def looks_like_a_host(name: str, *, besides: Member | None = None) -> bool:
    """Whether a name could be read as that of a host who is somebody else."""
    seen = skeleton(name)
    if not seen:
        return False
    alike = Member.objects.hosts().filter(name_skeleton=seen)
    return bool(alike.exclude(pk=besides.pk if besides else None).exists())


def members_who_look_like(member: Member) -> list[Member]:
    """Others whose name can be taken for this one's; asked when somebody becomes a host."""
    if not member.name_skeleton:
        return []
    alike = Member.objects.active().filter(name_skeleton=member.name_skeleton)
    return list(alike.exclude(pk=member.pk))


def not_yet_agreed(member: Member) -> list[Agreement.What]:
    """What the member has to declare or accept before they come in; empty for nearly everybody."""
    agreed = set(member.agreements.values_list("what", "version"))
    wanted = {Agreement.What.ADULT: 1, Agreement.What.CONDUCT: CONDUCT_VERSION}
    return [what for what, version in wanted.items() if (what.value, version) not in agreed]


def shown(member: Member, reader: object) -> Shown:
    """What this reader may see of a person. Hosts see what members see; whoever is kept apart from
    the person, or has not signed in, sees what everybody sees."""
    return Shown(member, showing.seen_by(member, _circle(member, reader)))


def _circle(member: Member, reader: object) -> str:
    if not isinstance(reader, Member) or not reader.is_active:
        return showing.EVERYBODY
    if reader.pk == member.pk:
        return showing.NOBODY
    return showing.EVERYBODY if member.pk in apart.from_(reader) else showing.MEMBERS
