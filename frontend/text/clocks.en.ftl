# Clocks that run: what happens on which day, and why that day.

clock-when = { $days ->
    [0] Today
    [1] Tomorrow
   *[other] In { $days } days
  }
clock-allowed-now = It may be done now
clock-time-is-up = The time is up

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
