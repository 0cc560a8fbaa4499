//! Dates in running text stay on one line. Browsers break a line after a hyphen; a hyphen that does
//! not break would be copied with the date, so the dates of a finished page are wrapped instead.

/// Elements whose text is no place for other elements.
const PLAIN: [&str; 6] = ["title", "textarea", "option", "script", "style", "text"];

/// The page with every date in its text, as `2026-11-23`, kept on one line.
pub(super) fn unbroken(html: &str) -> String {
    let mut page = String::with_capacity(html.len() + html.len() / 32);
    let mut plain: Option<&str> = None;
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        push_text(&mut page, text, plain.is_some());
        page.push('<');
        let Some((tag, after)) = after.split_once('>') else {
            page.push_str(after);
            return page;
        };
        page.push_str(tag);
        page.push('>');
        plain = match plain {
            Some(open) if tag.strip_prefix('/') == Some(open) => None,
            Some(open) => Some(open),
            None => PLAIN
                .into_iter()
                .find(|name| tag.split([' ', '\n']).next() == Some(name)),
        };
        rest = after;
    }
    push_text(&mut page, rest, plain.is_some());
    page
}

fn push_text(page: &mut String, text: &str, is_plain: bool) {
    let mut done = 0;
    for (hyphen, _) in text.match_indices('-').filter(|_| !is_plain) {
        let (start, end) = (hyphen.saturating_sub(4), hyphen + 6);
        let Some(date) = text.get(start..end) else {
            continue;
        };
        if start < done || !is_date(date) || !stands_alone(text, start, end) {
            continue;
        }
        page.push_str(text.get(done..start).unwrap_or_default());
        page.push_str("<span class=\"nowrap\">");
        page.push_str(date);
        page.push_str("</span>");
        done = end;
    }
    page.push_str(text.get(done..).unwrap_or_default());
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut digits = |count: usize| {
        parts
            .next()
            .is_some_and(|part| part.len() == count && part.bytes().all(|b| b.is_ascii_digit()))
    };
    digits(4) && digits(2) && digits(2)
}

fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '-';
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    !before.ends_with(joins) && !after.starts_with(joins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_the_text_stays_on_one_line_and_reads_as_before() {
        assert_eq!(
            unbroken("<p>Spärras 2026-11-22, senast 2026-12-01.</p>"),
            "<p>Spärras <span class=\"nowrap\">2026-11-22</span>, senast \
             <span class=\"nowrap\">2026-12-01</span>.</p>"
        );
    }

    #[test]
    fn attributes_titles_and_fields_keep_their_dates_as_they_are() {
        for html in [
            "<input value=\"2026-11-22\">",
            "<title>Kort 2026-11-22</title>",
            "<select><option value=\"1\">2026-11-22</option></select>",
            "<textarea>2026-11-22</textarea>",
        ] {
            assert_eq!(unbroken(html), html);
        }
        let after = unbroken("<title>2026-11-22</title><p>2026-11-22</p>");
        assert!(after.ends_with("<p><span class=\"nowrap\">2026-11-22</span></p>"));
    }

    #[test]
    fn other_numbers_with_hyphens_are_left_alone() {
        for html in [
            "SE2399000013-1001",
            "19900101-9802",
            "K-2611-000482",
            "12026-11-22",
            "2026-11-223",
            "019a2026-11-22-ab",
            "å-å-å",
        ] {
            assert_eq!(unbroken(html), html);
        }
    }
}
