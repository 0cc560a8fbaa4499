# The pages for photos: taking, comparing, showing, and when something on the card is wrong.

## The photo
face = Photo
face-of = Photo of { $name }
photo-of = Photo of { $name }, taken { $day }
photo-taken-at = Taken { $day } at { $office }
photo-brought-to = Brought as a file { $day } to { $office }

## Taking one
photo-title = Photo for the card of { $name }
photo-lead = The holder must be here and show an identity document. You compare the photo with the person on the next page.
photo-of-whom = Who is it?
photo-stored = Use the stored photo
photo-stored-office = The card is then activated at { $office }, where the photo was taken.
photo-stored-until = May be used through { $day }.
photo-stored-compare = If the person clearly looks different now, take a new one.
photo-use-stored = Use the photo from { $day }
photo-new = Take a new photo
photo-source = How did the photo come about?
photo-source-desk = Taken here, now
photo-source-desk-means = With the camera on this page or with the office’s camera. The card is activated at your office.
photo-source-upload = The person has brought it as a file
photo-source-upload-means = Nobody knows which day it was taken. The card is activated at { $office }, as the order says.
choose-photo-source = Choose how the photo came about.
photo-file = The photo
photo-choose-again = Choose or take the photo again. The browser does not keep it when the page is shown anew.
photo-go-on = Go on and compare
photo-later = Take the photo later
photo-undecided = A photo has been taken already
photo-undecided-means = It waits for you to compare it with the person. If you take a new one, the one that you approve counts.
photo-decide-now = Compare and approve

## Comparing
photo-compare-title = Compare the photo with the person before you
photo-compare-how = Look at the distance between the eyes, at the ears and at the mouth. Read the name and the number from the identity document, not from the screen.
photo-identity-question = Who is it?
photo-identity-seen = The person has shown a valid identity document with this name and number
photo-tick-identity = Tick this when you have seen a valid identity document. If there is none, take the photo another day.
photo-same-question = Is it the same person?
photo-same-person = The photo shows the person before me
photo-tick-same = Tick that the photo shows the person before you, or take it again.
photo-approve = Approve the photo
photo-not-good = Is the photo not good enough?
photo-fault-question = Why?
choose-photo-fault = Choose why
photo-again = Take the photo again
photo-is-approved = The photo is approved
photo-is-rejected = The photo was not approved
photo-nothing-left = You need not do anything more
photo-approved-means = The order has gone on to the manufacturer by itself. The holder is told when the card is sent. It is activated at { $office }.
photo-approved-waits = The order goes on by itself when nothing else is missing.
photo-approved-order-over = The order has ended and does not go on. The photo is stored and can be used for the next one.

## Activation
compare-the-photo = Compare the photo with the person before you, with the card and with the identity document. Ask for hats and sunglasses to be taken off.
sign-check-photo = The person, the photo on the card and the document show the same face.
sign-check-exception = The card belongs to { $office }, which is closed. I activate it here because: { $reason }
office-is-closed = { $office } is closed
office-closed-until = The card was to be activated at { $office }, which is closed from { $from } and opens again { $opens }.
office-closed-succeeded = The card was to be activated at { $office }, which closed for good { $from }. { $successor } has taken over.
office-closed-for-good = The card was to be activated at { $office }, which closed for good { $from }. No office has taken over.
exception-means = You can activate the card here as an exception. Compare the photo with care: you have not seen the person before.
exception-reason = Why is the card activated here?
exception-reason-hint = At least ten characters. The reason becomes part of what you sign.

## Wrong on the card
misprint-photo = The wrong photo is printed on the card
misprint-name = The wrong name or number is printed on the card
misprint-not-for-persons = Is it the wrong person? Do not revoke. Choose I am unsure, stop.
misprint-card = Card { $number } of { $name } is revoked. This cannot be undone.
misprint-final = The card is revoked for ever, and the holder gets a mail about it.
misprint-cut = Keep the card and cut it through the chip. It must not leave the office whole.
misprint-anew = A new card can be ordered at once, without waiting and at no cost to the workplace.
misprint-photo-means = The photo is not used any more, and you are shown which orders may have been mixed up with this one.
misprint-name-means = A wrong number makes every certificate on the card wrong. What was wrong must be put right before the next card is ordered.
wrong-in-question = Where was the fault?
wrong-in-hint = Compare the card with the order, with the population register and with the directory.
wrong-in-register = wrong in the population register
wrong-in-directory = wrong in HSA
wrong-in-order = wrong in the order
wrong-in-print = wrong at the manufacturer
wrong-in-register-answer = The population register
wrong-in-directory-answer = HSA
wrong-in-order-answer = Our order
wrong-in-print-answer = The manufacturer
wrong-in-register-means = The holder has it put right at the Tax Agency.
wrong-in-directory-means = Whoever is responsible for HSA at the workplace puts it right.
wrong-in-order-means = The name was cut wrongly, or the wrong person was chosen.
wrong-in-print-means = The card says something else than the order.
choose-wrong-in = Choose where the fault was.
misprint-revoke = Yes, revoke the card for ever
misprint-keep = Back, do not revoke
misprint-done = The card is revoked. Keep it and cut it
misprint-left = Left to do
misprint-is-cut = The card is cut
misprint-task-cut = Keep the card and cut it
misprint-task-cut-means = Through the chip, while the holder looks on.
misprint-task-anew = Order a new card now
misprint-task-anew-means = No waiting: the 30 days are for cards that did not arrive. Take a new photo if the photo was wrong.
misprint-task-incident = Report the personal data breach
misprint-incident-photo = Somebody’s photo has come onto another person’s card. Ring the data protection officer today: a breach must be reported within 72 hours.
misprint-incident-name = Somebody’s name or number may have come onto another person’s card. If so, ring the data protection officer today: a breach must be reported within 72 hours.
neighbours-title = Check the neighbours
neighbours-lead = Photos that were approved at { $office } within an hour before or after this one. If two were mixed up, one more card is wrong.
neighbours-none = No other photo was approved at the same office within an hour before or after this one, and the photo is used in no other order.
neighbours-others = { $count ->
    [one] One more order belongs to an organisation that you do not work for, or is about protected data. Ask the responsible issuer to check it.
   *[other] { $count } more orders belong to organisations that you do not work for, or are about protected data. Ask the responsible issuer to check them.
  }
neighbour-is = { $name }, approved { $at }
neighbour-same-photo = the same photo

## Ordering
valid-at-most-with-photo = With a photo, which is taken at the card office. Valid for at most { $months } months.
valid-at-most-sis = With a photo, and also an identity card. Valid for at most { $months } months.

## Mina sidor
ms-photo-by = The card waits for your photo
ms-photo-title = Have a photo taken for your new card
ms-photo-drop-in = The card from { $organisation } is made when the photo has been taken. Come to { $office }, { $address }, with a valid physical identity document. You need no appointment. { $hours }
ms-photo-text = The card from { $organisation } is made when the photo has been taken. Come to { $office }, { $address }, with a valid physical identity document. { $hours }
ms-photo-button = Opening hours and telephone
