## The whole log, for whoever reviews
nav-log = Events
log-title = Events in your organisations
log-lead = The latest first, fifty at a time. Events about persons who are no longer in your organisations are not shown. That you read this is an event, too, and if you choose a person they can see it in Mina sidor.
log-chosen = Selection
log-chosen-about = About { $name }.
log-chosen-by = Done by { $name }.
log-chosen-thing = About { $thing }.
log-a-thing = one thing
log-leave-out = Leave out
log-days = Days
log-from = From
log-until = To
log-show = Show
log-one-person = One person
log-number = Number
log-number-hint = Personal number, HSA-id, card number or order number. The number does not end up in the address.
log-number-not-understood = Write a whole number. A name does not safely lead to one person.
log-number-not-found = Nobody in your organisations has that number.
log-role = Show
log-role-about = What concerns the person
log-role-by = What the person has done
log-find = Fetch
log-lines = { $count ->
    [one] One event
   *[other] { $count } events
}
log-when = When
log-what = What
log-by = By
log-about = About
log-thing = Thing
log-code = Code
log-newest = To the latest
log-older = Older events
log-nothing = No events
log-nothing-means = There is nothing in your selection. Leave something out or choose more days.
log-nothing-here = These fifty concern persons you do not review. Go on to older events.
