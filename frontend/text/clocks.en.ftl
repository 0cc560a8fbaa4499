# Clocks that run: what happens on which day, and why that day.

clock-when = { $days ->
    [0] Today
    [1] Tomorrow
   *[other] In { $days } days
  }
clock-in = In { $length }
clock-in-both = In { $years } and { $months }
clock-years = { $years ->
    [1] one year
    [2] two years
    [3] three years
    [4] four years
    [5] five years
   *[other] { $years } years
  }
clock-months = { $months ->
    [1] one month
    [2] two months
    [3] three months
    [4] four months
    [5] five months
    [6] six months
    [7] seven months
    [8] eight months
    [9] nine months
    [10] ten months
    [11] eleven months
   *[other] { $months } months
  }
clock-allowed-now = It may be done now
clock-time-is-up = The time is up
clock-ran-out-by = The time ran out { $day }

## A card by ordinary mail that has not come
clock-undelivered-title = A new card may be ordered from { $day }
clock-undelivered-title-holder = Has the card not come? A new one may be ordered from { $day }
clock-undelivered-by = From { $day }
clock-undelivered-from = { $day } counted from
clock-undelivered-rule = A card sent by A-post (ordinary mail) cannot be traced. It may be ordered again { $days } days after the photo was taken for the order. Where no photo was taken for this very order, the days are counted from the day it was placed.
clock-undelivered-sum = { $base } + { $days } days = { $day }. From that day on a new card may be ordered.
clock-undelivered-stop = the card is activated or revoked.

## A sent card that must be activated
clock-activation-title = The card is revoked unless it has been activated by { $day }
clock-activation-title-holder = Activate the card by { $day }
clock-activation-by = By { $day }
clock-activation-from = { $day } sent
clock-activation-rule = A card that has been sent must be activated within { $months ->
    [one] one month
   *[other] { $months } months
  }, counted from the day it was sent.
clock-activation-sum = { $base } + { $months ->
    [one] one month
   *[other] { $months } months
  } = { $day }. That is the last whole day. The night after it the card is revoked, and a new one is needed.
clock-month-is-shorter = The month has no day with that number, so its last day counts.
clock-activation-stop = the card is activated at the card office.

## A receipt that has not been signed
clock-receipt-title = The card is revoked unless it has been signed for by { $day } at { $time }
clock-receipt-title-holder = Sign by { $day } at { $time }
clock-receipt-by = By { $day } at { $time }
clock-receipt-from = { $day } PIN chosen
clock-receipt-rule = Whoever has chosen a PIN must sign the receipt within { $days } days and nights. They are counted on the clock, { $days } × 24 hours, weekends too.
clock-receipt-sum = The PIN was chosen { $chosen }. { $days } × 24 hours later it is { $ends }. The last whole day is { $day }. Without a signature the card is revoked, and a new one is needed.
clock-receipt-stop = the receipt is signed.

## The validity of the card
clock-expiry-title = The card expires { $day }
clock-expiry-title-holder = The card is valid to { $day }
clock-expiry-by = Valid to { $day }
clock-expiry-from = { $day } activated
clock-expiry-rule = The manufacturer sets the last day of a card when it is made. The day of activation does not move it.
clock-expiry-sum = The card was activated { $base } and is valid for { $days } days from then. The last whole day is { $day }. The night after it the card stops working.

## When the time has run out and the nightly run has not been there yet
clock-activation-over = The card should have been revoked { $day }, since it has not been activated. The nightly run does it.
clock-activation-over-holder = The time to activate the card ran out { $day }. The card is revoked tonight.
clock-receipt-over = The card should have been revoked { $day } at { $time }, since it has not been signed for. The nightly run does it.
clock-receipt-over-holder = The time to sign ran out { $day }. The card is revoked tonight.
clock-activation-held = The card should have been revoked { $day }, since it has not been activated. A safety stop holds back the nightly run. Once a responsible or deputy issuer has released the stop, the card is revoked and a new one can be ordered.
clock-activation-held-holder = The time to activate the card ran out { $day }. The card waits to be revoked. If you need a new one: call the card office.
clock-receipt-held = The card should have been revoked { $day } at { $time }, since it has not been signed for. A safety stop holds back the nightly run. Once a responsible or deputy issuer has released the stop, the card is revoked and a new one can be ordered.
clock-receipt-held-holder = The time to sign ran out { $day }. The card waits to be revoked. If you need a new one: call the card office.
clock-expiry-over = The card expired { $day }. The nightly run ends it.
clock-expiry-over-holder = The card was valid to { $day }

## Somebody who has reported a loss without being able to show who they are
clock-callback-title = Call back whoever reported by { $when }
clock-callback-title-holder = We call back to check the report
clock-callback-over = Whoever reported should have been called back { $when }. Call now.
clock-callback-by = By { $when }
clock-callback-from = { $day } reported
clock-callback-rule = Whoever reports and cannot show who they are is called back on the telephone number in the directory.
clock-callback-sum = The report came { $day }. The call must be made by { $when }.
clock-callback-stop = the call has been made or the case is closed.
