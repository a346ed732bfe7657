"""What slipped out of the sender's hand is looked for, now and for a while after a claim whose answer was lost."""

from bot.strays import SWEEPS, Strays


def test_nothing_lost_nothing_looked_for() -> None:
    strays = Strays()
    strays.take([1, 2])
    strays.put_down([1, 2])
    assert not strays.look(100.0)


def test_letters_whose_end_could_not_be_written_are_looked_for_until_they_are_freed() -> None:
    strays = Strays()
    strays.add([7])
    search = strays.look(100.0)
    strays.add([8])  # while the first is being freed
    assert search.ids == {7}
    strays.freed(search)
    assert strays.look(100.0).ids == {8}


def test_after_a_lost_claim_all_but_what_is_in_hand_is_looked_for_several_times() -> None:
    """The database may make the claim only after we have looked: it was about to when the line broke."""
    strays, found = Strays(), []
    strays.take([1])
    strays.claim_lost(100.0)
    for second in range(200):
        if search := strays.look(100.0 + second):
            assert search.besides == {1}
            found.append(second)
            strays.freed(search)
    assert found == list(SWEEPS)


def test_a_search_that_could_not_be_made_is_made_again() -> None:
    strays = Strays()
    strays.claim_lost(100.0)
    assert strays.look(100.0)
    assert strays.look(101.0)
