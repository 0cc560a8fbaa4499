//! The port, function by function.

use cards_app::ports::{
    AuthoritySheet, CertificateAuthority, CertificateOrder, ExaminedRecord, GatewayError,
    ListOrder, ListedSerial, MadeForSigning, ReadQuestion, SerialPlace, StatusAnswer,
    StatusQuestion,
};
use cards_domain::certificate::SigningRequest;
use cards_pki::checker::{self, Record};
use cards_pki::crl::{self, Revoked, Scope, Window};
use cards_pki::ocsp::{self, Answer, OcspWindow};
use cards_pki::profile::AuthorityRole;
use cards_pki::serial::Serial;
use cards_pki::subject::CardNumber;
use cards_pki::tbs::{self, LeafOrder, Tbs};
use cards_pki::{lint, request, sign};
use chrono::{DateTime, Duration, Utc};
use x509_cert::der::Decode as _;

use super::Authorities;
use super::convert::{give_up, issues, kind, reason, reason_of_ours, retry, stage, subject};

const NO_AUTHORITY: &str = "no_such_authority";
const SERIAL: &str = "serial_unreadable";

impl CertificateAuthority for Authorities {
    fn authorities(&self) -> Vec<AuthoritySheet> {
        let profiles = self.profiles.authorities.iter();
        let known = profiles.filter_map(|profile| {
            let authority = self.authority(&profile.name)?;
            let is_root = matches!(profile.role, AuthorityRole::Root);
            Some(AuthoritySheet {
                name: profile.name.clone(),
                issues: issues(&profile.role),
                certificate: authority.issuer.as_der().to_vec(),
                shards: if is_root { 1 } else { self.profiles.shards },
            })
        });
        known.collect()
    }

    fn name_of(&self, certificate: &[u8]) -> Option<(String, String)> {
        let read = |der: &[u8]| x509_cert::Certificate::from_der(der).ok();
        let named = read(certificate)?.tbs_certificate;
        let serial = Serial::from_bytes(named.serial_number.as_bytes()).ok()?;
        let mut known = self.profiles.authorities.iter();
        let issuer = known.find(|profile| {
            let own = self.authority(&profile.name);
            let own = own.and_then(|own| read(own.issuer.as_der()));
            own.is_some_and(|own| own.tbs_certificate.subject == named.issuer)
        })?;
        Some((issuer.name.clone(), serial.to_hex()))
    }

    fn read_request(&self, der: &[u8]) -> Result<SigningRequest, GatewayError> {
        let read = request::read(der).map_err(|fault| give_up(fault.code()))?;
        Ok(SigningRequest {
            der: der.to_vec(),
            key: read.key.fingerprint(),
        })
    }

    fn place(&self, random: [u8; 16]) -> SerialPlace {
        let serial = Serial::from_random(random);
        SerialPlace {
            serial: serial.to_hex(),
            shard: self.profiles.shard_of(&serial),
        }
    }

    fn prepare(&self, order: &CertificateOrder<'_>) -> Result<MadeForSigning, GatewayError> {
        let authority = self.authority(order.authority);
        let issuer = authority.ok_or_else(|| retry(NO_AUTHORITY))?.issuer;
        let kind = kind(order.profile, order.usage);
        let subject = subject(order.basis).map_err(|fault| give_up(fault.code()))?;
        let card_number = CardNumber::new(&order.basis.card_number);
        let card_number = card_number.map_err(|fault| give_up(fault.code()))?;
        let request = request::read(order.request).map_err(|fault| give_up(fault.code()))?;
        let leaf = LeafOrder {
            kind,
            subject: &subject,
            serial: Serial::from_hex(order.serial).map_err(|_| give_up(SERIAL))?,
            not_before: order.not_before,
            not_after: order.not_after,
            key: &request.key,
            card_number: &card_number,
        };
        let made = tbs::leaf(&self.profiles, &issuer, &leaf);
        let made = made.map_err(|fault| give_up(fault.code()))?;
        let flaws = lint::leaf(&self.profiles, &issuer, kind, &made);
        Ok(MadeForSigning {
            tbs: made.as_der().to_vec(),
            findings: flaws.iter().map(|flaw| flaw.code().to_owned()).collect(),
        })
    }

    fn sign(&self, authority: &str, tbs: &[u8]) -> Result<Vec<u8>, GatewayError> {
        let authority = self.authority(authority);
        let authority = authority.ok_or_else(|| retry(NO_AUTHORITY))?;
        let tbs = Tbs::from_stored(tbs.to_vec());
        sign::certificate(&tbs, &authority.issuer, &*authority.key)
            .map(sign::Certificate::into_der)
            .map_err(|fault| retry(fault.code()))
    }

    fn list_hours(&self) -> u32 {
        self.profiles.crl_hours
    }

    fn list(
        &self,
        order: ListOrder<'_>,
        revoked: &[ListedSerial],
    ) -> Result<Vec<u8>, GatewayError> {
        let authority = self.authority(order.authority);
        let authority = authority.ok_or_else(|| retry(NO_AUTHORITY))?;
        let scope = if authority.responder.is_none() {
            Scope::Authorities
        } else {
            Scope::Cards { shard: order.shard }
        };
        let window = Window {
            number: order.number,
            this_update: order.this_update,
            next_update: order.next_update,
        };
        let entries = revoked.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
        let (issuer, key) = (&authority.issuer, &*authority.key);
        crl::build(&self.profiles, issuer, key, scope, window, entries)
            .map(crl::Crl::into_der)
            .map_err(|fault| retry(fault.code()))
    }

    fn read_list(&self, authority: &str, list: &[u8]) -> Result<Vec<String>, String> {
        let authority = self.authority(authority);
        let authority = authority.ok_or_else(|| NO_AUTHORITY.to_owned())?;
        let content = checker::read_crl(list, authority.issuer.as_der());
        let content = content.map_err(|finding| finding.code().to_owned())?;
        let serials = content.revoked.iter();
        Ok(serials.map(|revoked| revoked.serial.to_hex()).collect())
    }

    fn answers_for(&self, authority: &str) -> bool {
        let set = self.set();
        let known = set.authority(authority);
        known.is_some_and(|known| known.responder.is_some())
    }

    fn read_question(
        &self,
        authority: &str,
        question: StatusQuestion<'_>,
    ) -> Result<ReadQuestion, Vec<u8>> {
        let refused = |fault: ocsp::OcspFault| ocsp::refusal(&fault).to_vec();
        let der = match question {
            StatusQuestion::Body(body) => body.to_vec(),
            StatusQuestion::Path(path) => ocsp::in_path(path).map_err(refused)?,
        };
        let asked = ocsp::read(&der).map_err(refused)?;
        let set = self.set();
        let known = set.authority(authority);
        let responder = known.and_then(|known| known.responder.as_ref());
        let responder = responder.ok_or_else(|| ocsp::UNAUTHORIZED.to_vec())?;
        let serials = asked.ids().iter();
        Ok(ReadQuestion {
            serials: serials
                .map(|id| responder.serial_asked(id).map(|serial| serial.to_hex()))
                .collect(),
            has_nonce: asked.nonce().is_some(),
            der,
        })
    }

    fn answer_question(
        &self,
        authority: &str,
        question: &ReadQuestion,
        answers: &[StatusAnswer],
        at: DateTime<Utc>,
    ) -> Result<Vec<u8>, GatewayError> {
        let asked = ocsp::read(&question.der).map_err(|fault| give_up(fault.code()))?;
        let responder = self.responder(authority, at);
        let responder = responder.ok_or_else(|| retry(NO_AUTHORITY))?;
        let answers: Vec<Answer> = answers.iter().map(answer).collect();
        let window = OcspWindow {
            produced_at: at,
            this_update: at,
            next_update: at + Duration::hours(self.profiles.ocsp_hours.into()),
        };
        responder
            .answer(&asked, &answers, window)
            .map_err(|fault| retry(fault.code()))
    }

    fn question(&self, authority: &str, serials: &[String]) -> Result<Vec<u8>, GatewayError> {
        let authority = self.authority(authority);
        let issuer = authority.ok_or_else(|| retry(NO_AUTHORITY))?.issuer;
        let serials: Result<Vec<Serial>, _> = serials
            .iter()
            .map(|serial| Serial::from_hex(serial))
            .collect();
        let serials = serials.map_err(|_| give_up(SERIAL))?;
        ocsp::ask(&issuer, &serials).map_err(|fault| give_up(fault.code()))
    }

    fn read_answer(
        &self,
        authority: &str,
        answer: &[u8],
    ) -> Result<Vec<(String, StatusAnswer)>, String> {
        let authority = self.authority(authority);
        let issuer = authority.ok_or_else(|| NO_AUTHORITY.to_owned())?.issuer;
        let read = ocsp::read_response(answer, &issuer).map_err(|fault| fault.code().to_owned())?;
        let told = read.into_iter();
        Ok(told
            .map(|(serial, answer)| (serial.to_hex(), self::told(answer)))
            .collect())
    }

    fn try_later(&self) -> Vec<u8> {
        ocsp::TRY_LATER.to_vec()
    }

    fn examine(&self, record: &ExaminedRecord<'_>) -> Vec<String> {
        match self.examined(record) {
            Ok(findings) => findings,
            Err(code) => vec![code.to_owned()],
        }
    }
}

impl Authorities {
    fn examined(&self, record: &ExaminedRecord<'_>) -> Result<Vec<String>, &'static str> {
        let order = &record.order;
        let authority = self.authority(order.authority).ok_or(NO_AUTHORITY)?;
        let subject = subject(order.basis).map_err(|fault| fault.code())?;
        let card_number =
            CardNumber::new(&order.basis.card_number).map_err(|fault| fault.code())?;
        let request = request::read(order.request).map_err(|fault| fault.code())?;
        let findings = checker::examine(&Record {
            certificate: record.der,
            stored_tbs: record.tbs,
            issuer: authority.issuer.as_der(),
            profiles: &self.profiles,
            authority: order.authority,
            kind: kind(order.profile, order.usage),
            serial: Serial::from_hex(order.serial).map_err(|_| SERIAL)?,
            subject: &subject,
            card_number: &card_number,
            key: Some(&request.key),
            not_before: order.not_before,
            card_valid_to: order.not_after,
            shard: record.shard,
            stage: stage(record.stage, record.der.is_some()),
            now: record.now,
        });
        let codes = findings.iter().map(|finding| finding.code().to_owned());
        Ok(codes.collect())
    }
}

fn answer(answer: &StatusAnswer) -> Answer {
    match answer {
        StatusAnswer::Good => Answer::Good,
        StatusAnswer::Unknown => Answer::Unknown,
        StatusAnswer::Revoked { at, reason: why } => Answer::Revoked {
            at: *at,
            reason: reason(*why),
        },
    }
}

fn told(answer: Answer) -> StatusAnswer {
    match answer {
        Answer::Good => StatusAnswer::Good,
        Answer::Unknown => StatusAnswer::Unknown,
        Answer::Revoked { at, reason } => StatusAnswer::Revoked {
            at,
            reason: reason_of_ours(reason),
        },
    }
}

fn entry(listed: &ListedSerial) -> Result<Revoked, GatewayError> {
    Ok(Revoked {
        serial: Serial::from_hex(&listed.serial).map_err(|_| give_up(SERIAL))?,
        at: listed.at,
        reason: reason(listed.reason),
    })
}
