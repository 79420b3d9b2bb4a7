"""An open office: its file, its election, and the post that writes in it."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recap_desktop import places
from recap_desktop.election.definitions.definition_data import to_data
from recap_desktop.election.definitions.regions import level_of, read_code
from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import canonical
from recap_desktop.election.records.journal import Draft, Kind, Record
from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.election_file import read_election
from recap_desktop.exchange.post_keys import PostKey, PostKeys
from recap_desktop.office.people.people import require_deed
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.connecting import require_free
from recap_desktop.storage.mirror import Mirror
from recap_desktop.storage.office_file import OfficeFile
from recap_desktop.way import NO_WAY, Way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import filelock

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.election.records.people import Person
    from recap_desktop.storage.journal_table import JournalTable

OFFICE_LEVELS = ("provinsi", "kabko", "kecamatan")


def laptop_clock() -> dt.datetime:
    """What the laptop says, with its zone."""
    return dt.datetime.now().astimezone()


class Office:
    """An open office (kantor): the one thing that commands and questions are about.

    Attributes:
        file: the office file.
        post: key of this machine's post; None when the file was opened without one.
        obstacle: code of why nothing can be written; empty when it can.
        mirror: the second medium, when one is chosen.
        people: everybody on the roster, once it was asked for, until the roster goes on.
        present: id of who has signed in at this opening (``office.signing_in``); empty for nobody.
        closed: by contest, units that are closed with their revision (``closed_units``), as far
            as it was asked for since the last record that could change it.
    """

    def __init__(
        self,
        file: OfficeFile,
        post: PostKey | None,
        *,
        keys: PostKeys,
        clock: Callable[[], dt.datetime],
    ) -> None:
        """Use ``create_office`` or ``open_office``."""
        self.file = file
        self.post = post
        self.obstacle = file.obstacle
        self.mirror: Mirror | None = None
        self.people: Mapping[str, Person] | None = None
        self.present = ""
        self.closed: dict[str, dict[str, int]] = {}
        self._clock = clock
        self._keys = keys
        self._memory = keys.memory(post.id) if post else None
        self._claim: filelock.FileLock | None = None

    @property
    def election(self) -> Election:
        """The newest definition the office holds."""
        return self.file.election

    @property
    def code(self) -> str:
        """Region code of the office."""
        return self.file.office

    @property
    def contests(self) -> tuple[str, ...]:
        """Ids of the contests held below the office, in the order of the definition."""
        return tuple(self.file.contests)

    @property
    def can_write(self) -> bool:
        """Whether commands are accepted."""
        return not self.obstacle

    def now(self) -> str:
        """The time for a record: ISO, to the second, with zone."""
        return self._clock().isoformat(timespec="seconds")

    def require_contest(self, contest_id: str) -> None:
        """Refuse a contest this office does not hold.

        Raises:
            KnownProblem: ``contest-unknown``.
        """
        if contest_id not in self.file.contests:
            held = ", ".join(self.contests)
            raise KnownProblem("contest-unknown", contest=contest_id, contests=held)

    def require_writable(self) -> None:
        """Refuse to go on where nothing can be written.

        Raises:
            KnownProblem: ``office-is-read-only`` with the obstacle.
        """
        if self.obstacle or self.post is None:
            raise KnownProblem(f"read-only-{self.obstacle or 'no-key'}", path=str(self.file.path))

    def record(self, chain: str, drafts: Iterable[Draft]) -> list[Record]:
        """Put drafts into the journal, at the end of this post's chain, in one transaction.

        Args:
            chain: contest id, or ``office`` or ``roster``.
            drafts: in the order in which they were said.

        Raises:
            KnownProblem: when nothing can be written.
        """
        return self.record_all({chain: list(drafts)})

    def record_all(self, drafts: Mapping[str, list[Draft]]) -> list[Record]:
        """The same over several chains at once, all or nothing."""
        made = self._made(drafts)
        if made:
            self._append(made)
            self.remember(made)
        return made

    def _made(self, drafts: Mapping[str, list[Draft]]) -> list[Record]:
        self.require_writable()
        assert self.post is not None
        made: list[Record] = []
        for chain, said in drafts.items():
            link = self.file.journal.link(journal.chain_name(self.post.id, chain))
            for draft in said:
                record = journal.make_record(link, draft)
                made.append(record)
                link = journal.follow(link, record)
        return made

    def take_up(
        self,
        parts: Iterable[Sequence[Record]],
        drafts: Mapping[str, list[Draft]],
        *,
        under: str,
        size: int,
        way: Way = NO_WAY,
    ) -> list[Record]:
        """Append records of an office below with what this post says of them, all or nothing.

        As ``OfficeFile.take_up``; the records are already checked, the drafts as ``record_all``.
        """
        made, before = self._made(drafts), self.file.journal.last_place()
        self.closed.clear()
        self.people = None
        self.file.take_up(itertools.chain(parts, [made]), under=under, size=size, way=way)
        assert self._memory is not None
        self._memory.remember({record.chain: (record.seq, record.id) for record in made})
        if self.mirror:
            self.mirror.append(raw for _, raw in self.file.journal.raw_records(after=before))
        return made

    def record_parts(self, chain: str, parts: Iterable[Sequence[Draft]]) -> list[str]:
        """Put any number of drafts about TPS into the journal: all or none.

        They are asked for, a part at a time, inside the transaction, and not held longer.

        Returns:
            Ids of the records.
        """
        self.require_writable()
        assert self.post is not None
        assert self._memory is not None
        table, name = self.file.journal, journal.chain_name(self.post.id, chain)
        before, made = table.last_place(), list[str]()
        self.file.append(_records(table, name, parts, made))
        if made:
            self._memory.remember({name: (table.link(name).seq - 1, made[-1])})
            if self.mirror:
                self.mirror.append(raw for _, raw in table.raw_records(after=before))
        return made

    def take_in(self, records: list[Record]) -> None:
        """Append records of other posts, already checked by the caller; mirrored likewise."""
        self.require_writable()
        self._append(records)
        if self.mirror:
            self.mirror.append(record.raw for record in records)

    def _append(self, records: list[Record]) -> None:
        if any(not record.tps for record in records):
            self.closed.clear()
            self.people = None
        self.file.append([records])

    def remember(self, records: Iterable[Record]) -> None:
        """Note outside the file how far this post has written, and mirror the records."""
        assert self._memory is not None
        self._memory.remember({record.chain: (record.seq, record.id) for record in records})
        if self.mirror:
            self.mirror.append(record.raw for record in records)

    def set_mirror(self, folder: Path) -> Mirror:
        """Keep a copy of every record on a second medium from now on, after catching up.

        Raises:
            KnownProblem: ``mirror-cannot-be-written``, ``mirror-of-another-office``; in a guarded
                office as ``require_deed``.
        """
        self.require_writable()
        require_deed(self, Deed.MIRROR)
        mirror = Mirror(folder, self.file)
        mirror.catch_up()
        with self.file.told_plainly():
            self.file.set_setting("mirror", str(folder))
        self.mirror = mirror
        return mirror

    def go_on_as_new_post(self) -> None:
        """Make a new post in this file, e.g. on a restored backup or another machine.

        Raises:
            KnownProblem: when another program holds the file, or it needs a newer one.
        """
        if not self.file.writable:
            self.require_writable()
        key = self._keys.make()
        self.claim(key)
        file = self.file
        draft = _genesis(file.office, key, double_entry=file.double_entry, time=self.now())
        link = file.journal.link(journal.chain_name(key.id, journal.OFFICE_CHAIN))
        record = journal.make_record(link, draft)
        self._append([record])
        self.post, self.obstacle = key, ""
        self._memory = self._keys.memory(key.id)
        self.remember([record])
        _open_mirror(self)

    def claim(self, key: PostKey) -> bool:
        """Write as this post from now on; whether nobody else does."""
        self._release()
        self._claim = self._keys.claim(key.id)
        return self._claim is not None

    def _release(self) -> None:
        if self._claim:
            self._claim.release()
            self._claim = None

    def close(self) -> None:
        """Close the file."""
        if self._memory:
            self._memory.close()
        self._release()
        self.file.close()


def _genesis(office: str, key: PostKey, *, double_entry: bool, time: str) -> Draft:
    body: dict[str, Any] = {
        "office": office,
        "post_key": key.public.hex(),
        "double_entry": int(double_entry),
    }
    return Draft(Kind.GENESIS, time=time, person="", subject={}, body=body)


def create_office(
    path: Path,
    *,
    election_path: Path,
    region: str,
    double_entry: bool = False,
    clock: Callable[[], dt.datetime] = laptop_clock,
) -> Office:
    """Make the office file of a kecamatan, kabko or provinsi from an election definition.

    Raises:
        KnownProblem: when the definition cannot be read, the region is unknown or of another
            level, no contest is held below it, or the file exists.
    """
    election = read_election(election_path)
    return create_office_for(
        path, election=election, region=region, double_entry=double_entry, clock=clock
    )


def create_office_for(
    path: Path,
    *,
    election: Election,
    region: str,
    double_entry: bool = False,
    clock: Callable[[], dt.datetime] = laptop_clock,
) -> Office:
    """The same from an election that is already in memory."""
    code = _office_code(election, region)
    keys = PostKeys(places.machine_data() / "posts")
    data = to_data(election)
    definition = canonical(data)
    require_free(path)
    key = keys.make()
    time = clock().isoformat(timespec="seconds")
    chain = journal.chain_name(key.id, journal.OFFICE_CHAIN)
    link = journal.Link(
        journal.election_hash(definition), election.mode.value, chain, 1, journal.NO_RECORD
    )
    genesis = journal.make_record(link, _genesis(code, key, double_entry=double_entry, time=time))
    file = OfficeFile.create(path, definition, genesis)
    office = Office(file, key, keys=keys, clock=clock)
    office.claim(key)
    office.remember([genesis])
    return office


def _office_code(election: Election, region: str) -> str:
    try:
        code = read_code(region)
    except ValueError as error:
        raise KnownProblem("region-unknown", region=region) from error
    if code not in election.tree:
        raise KnownProblem("region-unknown", region=region)
    if level_of(code).word not in OFFICE_LEVELS:
        raise KnownProblem("region-has-no-office", region=region)
    if not any(s.tps.startswith(code) for s in election.stations):
        raise KnownProblem("region-has-no-stations", region=region)
    return code


def open_office(path: Path, *, clock: Callable[[], dt.datetime] = laptop_clock) -> Office:
    """Open an office file: for writing when this machine has the key of its post.

    Raises:
        KnownProblem: when the file is missing, damaged, newer, or no office file.
    """
    file = OfficeFile.open(path)
    keys = PostKeys(places.machine_data() / "posts")
    try:
        post, obstacle = _own_post(file, keys)
    except KnownProblem:
        # Still worth opening: an audit says where.
        post, obstacle = None, "damaged"
    office = Office(file, post, keys=keys, clock=clock)
    office.obstacle = file.obstacle or obstacle
    if post and office.can_write and not office.claim(post):
        office.obstacle = "post-in-use"
    if office.can_write:
        _open_mirror(office)
    return office


def _records(
    table: JournalTable, name: str, parts: Iterable[Sequence[Draft]], made: list[str]
) -> Iterator[list[Record]]:
    """Records of drafts at the end of a chain, part by part; ``made`` gathers their ids."""
    for drafts in parts:
        link, records = table.link(name), list[Record]()
        for draft in drafts:
            records.append(journal.make_record(link, draft))
            link = journal.follow(link, records[-1])
        made += [record.id for record in records]
        yield records


def _own_post(file: OfficeFile, keys: PostKeys) -> tuple[PostKey | None, str]:
    """The newest post in the file whose key lies here and whose memory the file fulfils."""
    obstacle = "no-key"
    for genesis in reversed(file.journal.records_of_kind(Kind.GENESIS)):
        key = keys.load(genesis.post)
        if key is None:
            continue
        if all(
            file.journal.holds(chain, seq, record_id)
            for chain, (seq, record_id) in keys.memory(key.id).heads.items()
        ):
            return key, ""
        obstacle = "restored-backup"
    return None, obstacle


def _open_mirror(office: Office) -> None:
    folder = office.file.setting("mirror")
    if folder:
        office.mirror = Mirror(Path(folder), office.file)
        office.mirror.try_to_catch_up()
