# The nightly run: what is done tonight, what has been done, and what waits for a second person.

nav-night = Nightly run
night-title = The nightly run
night-lead = Just after midnight what the times that have run out say is done: cards that have not been activated or signed for are revoked, and cards whose validity is over are ended. This is what the next run would do. Looking changes nothing.
night-missing-title = The nightly run of { $day } has not been done
night-missing-text = Cards that should have been revoked are not. Call the operators. The run makes up for everything when it starts.
night-to-the-page = To the nightly run

## Stops
night-stops = Safety stops
night-stop-of = { $organisation }: { $count ->
    [one] one card
   *[other] { $count } cards
  }
night-stop-of-all = The whole run: { $count ->
    [one] one card
   *[other] { $count } cards
  }
night-stop-text = The run of { $day } stopped: more cards than expected. None of these is revoked until a responsible or deputy issuer has looked and released it.
night-stop-of-live = { $count } of { $live } cards that work or wait to be activated.
night-stop-stopped = Stopped { $when }
night-stop-other = Only a responsible or deputy issuer here can release it.
night-stop-released = Released { $when } by { $who }. Carried out within a minute or so.
night-stop-done = Released { $when } by { $who }. Carried out { $done }.
night-released = The stop has been released already
night-stop-beforehand = Released beforehand for the night of { $day }, at most { $count ->
    [one] one card
   *[other] { $count } cards
  }, by { $who }.
night-stop-reason = Reason: { $reason }
night-stop-by-rule = { $activation } not activated, { $receipt } not signed for
night-somebody = an issuer
night-release = Look and release

## The coming night
night-coming = The night of { $day }
night-other-nights = Look at another night
night-nothing = Nothing to do that night
night-nothing-means = No time has run out by then for any card in your organisations.
night-organisations = What the run would do, by organisation
night-activation = Revoked, not activated
night-receipt = Revoked, not signed for
night-expiry = Expires
night-ask = The holder is asked
night-stop = Safety stop
night-no-stop = No
night-is-released = Released beforehand
night-is-held = Yes, an earlier stop stands
night-too-many = Yes, more than 50 cards
night-too-great-a-part = Yes, more than 0.5% of the cards
night-too-many-in-all = Yes, too many cards in all
night-release-beforehand = Release beforehand
night-in-all = In all { $count } cards would be revoked, which is more than may be in one night before a second person has looked.
night-first = The first cards
night-first-count = The first cards, { $count } of them
night-what = What happens
night-day = Last day
night-standing = Standing
night-goes = Is done
night-held = Held back
night-left = Cards that the rules say no to
night-left-means = The time has run out, but the card does not stand so that anything can be done. The run tries again the next night.
night-why-not = Why not

## Nights that have been
night-nights = Runs that have been
night-night = Night
night-started = Started
night-finished = Finished
night-not-finished = Not finished
night-done = Done
night-refused = Refused
night-held-back = Held back
night-failed = Failed
night-no-nights = No run has been yet
night-no-nights-means = The first is done just after midnight.

## Releasing
night-release-title = Release { $organisation }: { $count ->
    [one] one card
   *[other] { $count } cards
  } revoked for ever
night-release-title-all = Release the whole run: { $count ->
    [one] one card
   *[other] { $count } cards
  } revoked for ever
night-release-means = The run stopped because there are more cards than expected. You are the second person: look at the cards before you release them.
night-release-beforehand-means = You release beforehand a batch that is known. It holds for the night of { $day } alone and for at most as many cards as are counted now. If they become more, the run stops all the same.
night-release-final = A revocation cannot be lifted. Whoever has their card revoked needs a new one.
night-release-now = The next round starts within a minute or so and takes exactly the cards at which the run stopped.
night-release-mail = The holders are told by e-mail that the card has been revoked.
night-release-reason = Why is it right?
night-release-reason-hint = For instance: the unit closed on 31 December. No names and no personal identity numbers.
night-release-reason-missing = Write why it is right to revoke so many cards.
night-release-yes = Yes, revoke the cards for ever
night-release-yes-beforehand = Yes, release beforehand
night-release-no = No, leave them
