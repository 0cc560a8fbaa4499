# Sidor utan inloggning: start och vägen in.

open-title = Kort för dig som arbetar i vården
open-lead = Här beställs, aktiveras och spärras e-tjänstekort. Kortet är både din e-legitimation och din id-handling i tjänsten, och kallas också Siths-kort. Välj det du ska göra.
open-way-holder = Se var ditt kort är, vad du ska göra och vem som har tittat på dina uppgifter.
open-way-officer = Beställ och aktivera kort på kortkontoret. För id-administratörer och utgivare.
open-way-servicedesk = Hjälp den som ringer om sitt kort.
open-demo-title = Det här är en demonstration
open-demo-text = Personer, kort och nummer är påhittade. Inget skickas på riktigt.
open-demo-link = Till demonstrationens sidor: personer att vara, mejl, brev och klockan

open-log-in = Logga in
open-log-in-card = Logga in med kortet
open-log-in-card-text = Kortet ska sitta i en läsare på den här datorn. Webbläsaren frågar efter certifikatet och din pin-kod för legitimering.
open-out-idle = Du loggades ut efter { $minutes } minuter utan att något hände
open-out-too-long = Du loggades ut efter tio timmar
open-out-means = Logga in igen för att fortsätta. Det du redan har skickat är sparat.
open-log-in-needs = Det här behöver du
open-log-in-holder = Logga in i Mina sidor
open-log-in-holder-lead = Mina sidor är för dig som har eller ska få ett e-tjänstekort.
open-log-in-officer = Logga in i Id-administration
open-log-in-officer-lead = Id-administration är för id-administratörer, utgivare och granskare.
open-log-in-servicedesk = Logga in i Servicedesk
open-log-in-servicedesk-lead = Sidorna är för servicedesk.
open-need-eid = En e-legitimation. Tillitsnivå 2 räcker för att se och anmäla.
open-need-level-to-sign = Tillitsnivå 3 för att skriva under kvittensen.
open-need-card = Ditt eget e-tjänstekort eller en annan e-legitimation på tillitsnivå 3.
open-need-appointment = Ett uppdrag som id-administratör, utgivare eller granskare. Det ger din ansvariga utgivare.
open-need-servicedesk = Ett uppdrag i servicedesk. Det ger den ansvariga utgivaren.
open-other-holder = Har du ingen e-legitimation? Kontaktpersonen på din arbetsplats kan se var kortet är.
open-other-officer = Ska du se ditt eget kort? Det gör du i Mina sidor.

open-api-title = Så anropar andra system Kortkontor
open-api-lead = Sidan är för dig som bygger system som ska tala med Kortkontor. Beskrivningarna är på engelska.
open-api-operations = Anrop
open-api-caption = Anrop i version { $version }
open-api-document = Hela beskrivningen för version { $version }, OpenAPI 3.1 i JSON
open-api-try = Prova
open-api-try-text = Så skaffar du en åtkomsttoken i demonstrationen, här som Karin, och frågar med den. I drift kommer den från er identitetstjänst.
open-api-parameters = Parametrar:
open-api-whole = { $subject }: parametrar, svar och fel
open-api-problems = Vad som kan gå fel
