# Pages without log-in: the start and the way in.

open-title = Cards for those who work in health care
open-lead = E-service cards are ordered, activated and revoked here. The card is both your electronic identity and your identity document at work, and is also called a Siths card. Choose what you are going to do.
open-way-holder = See where your card is, what you must do and who has looked at your details.
open-way-officer = Order and activate cards at the card office. For ID administrators and issuers.
open-way-servicedesk = Help whoever calls about their card.
open-demo-title = This is a demonstration
open-demo-text = Persons, cards and numbers are made up. Nothing is really sent.
open-demo-link = To the demonstration's pages: persons to be, mails, letters and the clock

open-log-in = Log in
open-log-in-card = Log in with the card
open-log-in-card-text = The card must be in a reader on this computer. The browser asks for the certificate and for your PIN for identification.
open-out-idle = You were logged out after { $minutes } minutes without anything happening
open-out-too-long = You were logged out after ten hours
open-out-means = Log in again to go on. What you have already sent is saved.
open-log-in-needs = What you need
open-log-in-holder = Log in to Mina sidor
open-log-in-holder-lead = Mina sidor is for those who have or are going to get an e-service card.
open-log-in-officer = Log in to ID administration
open-log-in-officer-lead = ID administration is for ID administrators, issuers and auditors.
open-log-in-servicedesk = Log in to Servicedesk
open-log-in-servicedesk-lead = These pages are for the servicedesk.
open-need-eid = An electronic identification. Assurance level 2 is enough to see and to report.
open-need-level-to-sign = Assurance level 3 to sign the receipt.
open-need-card = Your own e-service card or another electronic identification of assurance level 3.
open-need-appointment = An appointment as ID administrator, issuer or auditor. Your responsible issuer gives it.
open-need-servicedesk = An appointment in the servicedesk. The responsible issuer gives it.
open-other-holder = Have you no electronic identification? The contact person at your workplace can see where the card is.
open-other-officer = Do you want to see your own card? You do that in Mina sidor.

open-api-title = How other systems call Kortkontor
open-api-lead = This page is for those who build systems that are to talk to Kortkontor.
open-api-operations = Operations
open-api-caption = Operations of version { $version }
open-api-document = The whole description of version { $version }, OpenAPI 3.1 in JSON
open-api-try = Try it
open-api-try-text = How to get an access token in the demonstration, here as Karin, and ask with it. In operation it comes from your identity provider.
open-api-parameters = Parameters:
open-api-whole = { $subject }: parameters, answers and problems
open-api-problems = What can go wrong
