# Gemensamma texter. Innehavare läser dem också: du-tilltal, aktivt, korta meningar.
# En del av portalerna kan ha ett eget par: <del>.sv.ftl och <del>.en.ftl.

-brand = Kortkontor

## Ramen
page-title = { $title } – { -brand }
skip-to-content = Hoppa till innehållet
main-menu = Huvudmeny
menu = Meny
portal-id-admin = Id-administration
portal-servicedesk = Servicedesk
portal-mina-sidor = Mina sidor
other-language = English
log-out = Logga ut
logged-in-as = Inloggad som { $name }
footer-line = { -brand } – e-tjänstekort för hälso- och sjukvården
page-code = Sidans kod:
questions-about-the-card = Frågor om kortet? Fråga först kontaktpersonen på din arbetsplats.
search = Sök
search-label = Sök person, kort eller försändelse
search-example = T.ex. 19870412-9801 eller Maja Lindqvist
search-hint = Skriv personnummer, HSA-id, namn, kortnummer, Rek-id eller beställningsnummer. Fältet förstår vilket.
search-shortcut = flyttar hit.
copied = Kopierat
copy = Kopiera { $what }
leave-warning = Det finns steg kvar. Vill du lämna sidan?

## Formulär
optional = (frivilligt)
date-hint = Skriv ÅÅÅÅ-MM-DD
number-keys-switch = Sifferknapparna bockar av stegen
answer-right = Rätt
answer-wrong = Fel
steps = Steg
error-summary-title = { $count ->
    [one] Rätta en uppgift
   *[other] Rätta { $count } uppgifter
  }

unseen-characters = Texten innehåller tecken som inte syns. Skriv den på nytt i stället för att klistra in den.
reason-too-long = Skriv högst { $longest } tecken. Nu är det { $count }.

## Delar av sidor
not-possible-now = Går inte just nu
why-that-day = Varför det datumet?
stopped-by = Stoppas av:
personal-data-of = Personuppgifter för { $name }
photo-missing = Foto saknas
protected-person-note = Namn, personnummer och adress visas först när du väljer att visa dem. Försändelser går via Skatteverkets förmedling. Varje visning loggas.
breadcrumbs = Du är här
pagination = Sidor
page-before = Föregående
page-after = Nästa
cases = { $count ->
    [one] ett ärende
   *[other] { $count } ärenden
  }
cases-or-more = minst { $count } ärenden
to-the-start = Till startsidan
to-mina-sidor = Till Mina sidor

## Fel
error-code = Felkod att läsa upp:
error-not-found-title = Vi hittar inget med det numret
error-not-found-meaning = Det kan vara felskrivet eller höra till en organisation som du inte arbetar för. Vi visar samma svar i båda fallen.
error-not-found-check = Kontrollera siffrorna mot kortet eller id-handlingen.
error-not-found-ask = Saknar du behörighet: fråga den som är ansvarig utgivare hos er.
error-forbidden-title = Sidan hör till en annan roll
error-forbidden-meaning = Din roll ger inte tillgång till sidan. Inget har ändrats.
error-forbidden-ask = Behöver du den i ditt arbete: be din ansvariga utgivare om behörighet.
error-conflict-title = Någon annan hann före
error-conflict-meaning = Uppgifterna ändrades medan du hade sidan öppen. Din ändring är inte sparad.
error-conflict-reload = Öppna sidan igen, jämför och gör om ändringen om den fortfarande behövs.
error-invalid-title = Formuläret gick inte att använda
error-invalid-meaning = Sidan kan ha legat öppen för länge. Inget har ändrats.
error-invalid-again = Öppna sidan igen och fyll i uppgifterna på nytt.
notice-too-slow-title = Det du skickade kom inte fram i tid
notice-too-slow-meaning = Förbindelsen var för långsam eller bröts. Inget har ändrats.
notice-too-slow-again = Gå tillbaka och skicka igen.
error-internal-title = Något gick fel hos oss
error-internal-meaning = Vi vet inte om det du gjorde blev klart. Titta efter innan du gör om det.
error-internal-read-out = Läs upp koden för servicedesk så ser de vad som hände.
error-unavailable-title = Tjänsten svarar inte just nu
error-unavailable-meaning = Det är många som arbetar samtidigt, eller så pågår ett underhåll. Inget har ändrats.
error-unavailable-wait = Vänta en minut och försök igen. Är det bråttom: ring servicedesk och läs upp koden.

## Tillstånd: ett ord, en betydelse, i alla portaler, mejl och brev
state-order-draft = Utkast
state-order-awaiting-prerequisites = Väntar på underlag
state-order-awaiting-photo = Väntar på foto
state-order-ready-to-send = Klar att skicka
state-order-in-production = Hos tillverkaren
state-order-dispatched = Skickad
state-order-fulfilled = Klar
state-order-cancelled = Avbruten
state-order-rejected = Avslagen
state-order-replaced-undelivered = Ersatt, kom inte fram
state-order-activation-expired = Aktiverades inte i tid
state-card-ordered = Beställd
state-card-sent = Skickad
state-card-unlocked-unsigned = Ej kvitterad
state-card-active = Aktiv
state-card-revoked = Spärrad
state-card-expired = Utgången
state-codes-pin-locked = Låst
state-codes-signing-locked = Pin-kod för underskrift låst
state-codes-puk-locked = Puk-kod låst
state-custody-returned = Återlämnat
state-custody-destroyed = Makulerat
state-reserve-in-stock = I lager
state-reserve-handed-out = Utlämnat, väntar på e-legitimation
state-reserve-no-valid-eid = Utan giltig e-legitimation
state-certificate-valid = Giltigt
state-certificate-valid-off-card = Giltigt, inte på kortet
state-certificate-superseded = Ersatt
state-certificate-revoked = Spärrat
state-certificate-expired = Utgånget
state-delivery-posted = Skickat
state-delivery-notice-sent = Aviserat
state-delivery-at-service-point = Hos ombudet
state-delivery-collected = Uthämtat
state-delivery-returned-to-sender = Åter till avsändaren
state-delivery-lost = Försvunnet
state-puk-letter-requested = Begärt
state-puk-letter-approved = Godkänt
state-puk-letter-printing = Skrivs ut
state-puk-letter-mailed = Skickat
state-puk-letter-at-service-point = Hos ombudet
state-puk-letter-collected = Uthämtat
state-puk-letter-used = Använt
state-puk-letter-rejected = Avslaget
state-puk-letter-cancelled = Återkallat
state-puk-letter-returned-to-sender = Åter till avsändaren
state-puk-letter-failed = Puk-kod låst
state-puk-letter-closed = Avslutat
state-photo-captured = Väntar på godkännande
state-photo-approved = Godkänt
state-photo-rejected = Underkänt
state-revocation-received = Mottagen, inte utförd
state-revocation-steps-left = Spärrad, steg kvar
state-revocation-closed = Klar
state-revocation-withdrawn = Återtagen
state-name-change-new-card-needed = Nytt kort behövs
state-name-change-new-card-coming = Nytt kort på väg
state-name-change-done = Klart
state-person-protected = Skyddade personuppgifter

## Katalogen
catalogue-title = Komponenter
catalogue-lead = Allt som sidorna byggs av, med ett exempel per utseende. Personer och nummer är påhittade.
catalogue-icons = Ikoner
