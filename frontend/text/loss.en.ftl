# Lost, stolen, codes known: reporting, revoking, and what is left to do.

loss-focus = Revoke card
loss-holder = Holder
loss-sis-marked = { $product }, SIS-marked
loss-step-one = Step 1 of 2
loss-continue = Continue to confirmation

## First: is the card only locked?
loss-only-locked = Is the card only locked?
loss-only-locked-means = The wrong PIN three times locks the card. Then do not revoke it: a locked card can be opened, a revoked one never.
loss-unlock-instead = Unlock it instead
loss-not-come = Has the card not come yet?
loss-not-come-means = An ordinary letter may take some days. A card that is only late should not be revoked. If the envelope was open or empty, revoke at once.
loss-not-come-instead = The card has not come

## Step 1 at the ID administrator and the servicedesk
loss-title = Why is the card to be revoked?
loss-group-loss = The card or the code is in the wrong hands
loss-group-card = Something is wrong with the card
loss-group-end = The card is not to be used any more
loss-lost = Lost
loss-lost-means = The holder does not know where the card is
loss-stolen = Stolen
loss-stolen-means = Also when the envelope came open or empty
loss-codes = Somebody may know the PIN or the PUK
loss-codes-means = The card is still there
loss-misuse = Lent or misused
loss-damaged = The card is damaged
loss-damaged-means = A new card is needed, but nobody has had access to it
loss-name-changed = The holder has changed their name
loss-data-wrong = The name or number on the card is wrong
loss-wrongly-issued = The photo is wrong, or the card was wrongly issued
loss-employment-ended = The employment or assignment has ended
loss-returned = The card has been returned
loss-deceased = The holder has died
loss-deceased-means = No message is sent to the holder
loss-issuer = The issuer's decision
loss-choose-reason = Choose why the card is to be revoked.

loss-who = Who asks for the revocation?
loss-who-caller = Is it the right person who calls?
loss-in-person = The holder, in person
loss-called-back = You have called back on the directory's number
loss-called-back-means = Never call a number that the caller gives you. { $numbers }
loss-no-numbers = The directory has no number for the person. Take the report as not checked.
loss-manager = A manager whom you know
loss-unverified = Somebody who calls, not checked
loss-unverified-means = The card is not revoked yet. The person is to be called back within 15 minutes.
loss-office = The card office itself
loss-office-means = For example a wrong print or the issuer's decision
loss-choose-who = Choose who asks for the revocation.
loss-number-at = { $number } ({ $organisation })
loss-or = { $one } or { $other }

loss-has-id = Is there any valid identity document left?
loss-has-id-hint = Only after a loss. If every document is gone, the case shows in which order to get them again.
loss-has-id-yes = Yes
loss-has-id-no = No, everything is gone
loss-has-id-unknown = Not known

## Step 2: confirm
loss-confirm-title-plain = Revoke the card for ever?
loss-confirm-receive = Take the report without revoking?
loss-confirm-label = Confirm
loss-irreversible = This cannot be undone.
loss-irreversible-locked = Is the card only locked?
loss-irreversible-late = Is the card only late? Then do not revoke it yet.
loss-final = The card stops being valid at once. The revocation cannot be lifted, not even if the card is found.
loss-also-telia = The card has product number { $number }: it must also be revoked at Telia, { $phone }.
loss-also-telia-unnumbered = The card has no product number: it must also be revoked at Telia, { $phone }.
loss-maybe-telia = The personal e-identification may live on at Telia. The holder can revoke it on { $phone }.
loss-also-police = The card is SIS-marked: the loss must be reported to the police.
loss-maybe-police = Do report the theft to the police. The case does not wait for it.
loss-order-ends = The card is not activated. Its order ends, and if the card still comes it is to be cut and thrown away.
loss-receipt-ends = The receipt is not signed. The order ends and a new card is needed.
loss-mail = The holder gets a mail the same moment, with a number to call if something is wrong.
loss-no-mail = No mail is sent to the holder.
loss-order-after = A new card can be ordered directly afterwards.
loss-waits = The card is not revoked now. The holder is to be called back on the directory's number within 15 minutes.
loss-waits-numbers = Call back: { $numbers }
loss-waits-back = If the report is not true it can be taken back, as long as the card is not revoked.
loss-four-hint = Marked above. This is how we know that it is the right card.
loss-four-wrong = These are not the last four digits of the card. Compare with the card number above.
loss-yes = Yes, revoke the card for ever
loss-receive = Take the report
loss-change = Change the answers
loss-place-missing = Choose where the error arose.

## The card is revoked already, or cannot be revoked
loss-cannot-title = The card cannot be revoked
loss-already-title = The card is already revoked
loss-waiting-title = The report has already been taken

## The case
loss-case = Revocation case
loss-reported-title = The card is not revoked yet
loss-left-title = { $left ->
    [0] The card is revoked. The case is closed.
    [1] The card is revoked. One thing remains.
    [2] The card is revoked. Two things remain.
   *[other] The card is revoked. { $left } things remain.
}
loss-withdrawn-title = The report has been taken back
loss-withdrawn-means = Nothing was revoked in this case.
loss-not-revoked = The card is NOT revoked
loss-not-revoked-means = The report was taken back { $when }, before you pressed Revoke. If the card is to be revoked: report it anew.
loss-report-anew = Report the card anew
loss-not-withdrawn = The report is NOT taken back
loss-not-withdrawn-means = The card was revoked { $when }, before you pressed Take back. A revocation cannot be lifted. If the card is needed: order a new one.
loss-ended-at = The card stopped being valid { $at }. The case is closed when the steps below are done.
loss-closed-at = The card stopped being valid { $at }. Nothing more needs to be done outside.
loss-received-at = The report came { $at }. The card is valid until it is revoked.
loss-revoked-here = The card is revoked
loss-revoked-here-means = { $at }: { $reason }. Reported by: { $reporter }.
loss-left-to-do = Left to do
loss-holder-does = The holder does it by { $by }
loss-telia = Revoke at Telia too
loss-telia-means = Cards without product number, or with 5xx and 6xx, have a personal e-identification at Telia. It is valid until it is revoked there.
loss-telia-say = Give card number { $number }
loss-police = Report to the police
loss-police-means = The card is SIS-marked and counts as an identity card. The loss is reported to the police, 114 14 or the nearest station.
loss-done-now = Done: { $outcome }.
loss-reference-is = Reference: { $reference }.
loss-by-whom = Who has done it?
loss-by-holder = The holder
loss-by-us = We
loss-done-on = When was it done?
loss-telia-reference = Telia's reference
loss-police-reference = The police's case number
loss-telia-done = Done at Telia
loss-police-done = Done at the police
loss-holder-will = The holder does it
loss-holder-will-means = The case stays in the worklist until then.
loss-will-by = By
loss-will-save = Save the day
loss-not-applicable = It does not apply to this card
loss-why-not = Why does it not apply?
loss-why-reserve = It is a reserve card
loss-why-deceased = The holder has died
loss-why-no-eid = The card has no personal e-identification
loss-not-applicable-save = Save that it does not apply
loss-write-a-date = Write the date as YYYY-MM-DD.
loss-choose-by-whom = Choose who has done it.
loss-choose-why = Choose why it does not apply.
loss-reference-long = Write the reference with at most 60 characters.
loss-reference-number = Write only the reference of the matter, no personal number.

loss-call-back = Call back within 15 minutes
loss-call-back-by = By { $at }. Call the directory's number, never a number that the caller gave.
loss-no-number = The directory has no number for the person. Go through the switchboard or the manager.
loss-execute = Revoke the card now
loss-execute-officer = You have called back and the report is true, or you revoke on your own responsibility because it is urgent.
loss-execute-desk = You have called back on the directory's number and the report is true.
loss-execute-final = This cannot be undone.
loss-withdraw = Take the report back
loss-withdraw-means = You have called back and the report is not true. The card stays valid.
loss-other-case = The card is already revoked
loss-other-case-means = It was done in another case, or for another reason. Close this report.
loss-overtaken-means = It was done in another case, or for another reason. This report was closed at the same time, and nobody needs to call back.
loss-expired-title = The card has expired
loss-expired-means = The report was closed at the same time. There is no card to revoke, and nobody needs to call back.
loss-overtaken = Closed
loss-close = Close the report
loss-close-means = Nothing is left to do in it. The card stays revoked.

loss-onwards = How the work goes on
loss-order-new = Order a new card
loss-photo-usable = The stored photo of { $taken } may be used until { $last }.
loss-photo-none = There is no stored photo that may be used. A new one is taken at the office.
loss-order-by-manager = The manager or the ID administrator orders a new card.
loss-reserve = Reserve card today
loss-reserve-means = There are two kinds and both may be needed at the same time: one for doors and one for e-identification. They are handed out at the office.
loss-found = If the card is found
loss-found-means = It cannot be used again. Cut it in two through the chip and note that it is cut.
loss-contact-own = ID administrator in the organisation
loss-contact-none = { $organisation } has named no contact.

loss-without-id = When every identity document is gone
loss-without-id-revoke = Revoke the card.
loss-without-id-police = Report the loss of the documents to the police.
loss-without-id-passport = Get a new identity document: a passport or national identity card from the police.
loss-without-id-meanwhile = Until then: only a reserve card, with somebody who certifies who it is. The manager can certify.
loss-without-id-card = An ordinary card is handed out only when there is an identity document.

## Mina sidor
loss-my-title = I have lost my card
loss-my-lead = Revoke the card as soon as you think that somebody else can use it. It works before the card is activated, too.
loss-my-what = What has happened?
loss-my-lost = I have lost my card
loss-my-lost-means = I do not know where it is
loss-my-stolen = My card is stolen
loss-my-codes = Somebody may know my code
loss-my-codes-means = I still have the card
loss-my-envelope = The envelope was open or empty
loss-my-choose = Choose what has happened.
loss-my-has-id = Do you have any valid identity document left?
loss-my-has-id-hint = Driving licence, passport or another identity card. The answer does not affect the revocation.
loss-my-only-locked-means = If you have written the wrong PIN three times, the card is locked. Then it can be opened and should not be revoked.
loss-my-not-come-means = An ordinary letter may take some days. If the card is only late, do not revoke it yet.
loss-my-not-come-report = The card has not come
loss-my-confirm = Revoke your card for ever?
loss-my-four = Write the last four digits of the card number
loss-my-also-telia = You must also call Telia yourself, { $phone }.
loss-my-also-police = The card is SIS-marked: you must also report the loss to the police yourself.
loss-my-maybe-police = If the card is stolen you should report it to the police.
loss-my-order-ends = The card is not activated. If it still comes: cut it up and throw it away.
loss-my-receipt-ends = The receipt is not signed. It does not matter: the card is revoked all the same.
loss-my-mail = You get a mail that the card is revoked.
loss-my-new-card = You need a new card. An ID administrator in your organisation orders it.
loss-my-left-title = { $left ->
    [0] Your card is revoked
    [1] Your card is revoked. One thing remains.
    [2] Your card is revoked. Two things remain.
   *[other] Your card is revoked. { $left } things remain.
}
loss-my-left-means = Nobody can use the card any more. What remains is what only you can do.
loss-my-closed-means = Nobody can use the card any more. The revocation is complete. Below is what you do next.
loss-my-reported-title = Somebody has reported your card as gone
loss-my-reported-means = The caller has not been checked, so the card is not revoked. We call you on your number in the directory.
loss-my-reported-true = Is it true? Revoke the card yourself now.
loss-my-reported-false = Is it not true? Call us.
loss-my-withdrawn-title = The report is closed
loss-my-withdrawn-means = The card was not revoked by it.
loss-my-revoked-at = { $at }: { $reason }.
loss-my-telia = Call Telia and revoke there too
loss-my-telia-means = Your card has a personal e-identification at Telia. It is valid until you revoke it.
loss-my-call = Call { $phone }
loss-my-police = Report the loss to the police
loss-my-police-means = The card is SIS-marked and counts as an identity card. Call 114 14 or go to the nearest police station.
loss-my-done = I have done it
loss-my-done-on = Which day?
loss-my-reference = Reference, if you got one
loss-my-then = Then
loss-my-then-police = Report the theft to the police, if you have not already done so. Call 114 14 or go to the nearest police station.
loss-my-then-card = Ask an ID administrator in your organisation to order a new card.
loss-my-then-photo = Your stored photo of { $taken } may be used until { $last }, so you need not be photographed again.
loss-my-then-reserve = If you need to get through doors or identify yourself today: ask the card office for a reserve card. There are two kinds, one for doors and one for e-identification, and you may need both.
loss-my-then-found = If you find the card it cannot be used. Cut it up and throw it away.
loss-my-not-you = Was it not you?
loss-my-not-you-means = Call at once. The card is revoked for ever, but you get help with a new one and with a reserve card.
loss-my-contact = Your ID administrator
loss-my-office = The card office of your card
loss-my-already-title = The card is already revoked
loss-my-to-case = See what remains
loss-my-without-id = Get a new identity document from the police: a passport or national identity card. Until then you can only get a reserve card, if somebody can certify who you are. Your manager can help you.
