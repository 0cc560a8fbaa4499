//! The little CSS reading that bundling needs: shrinking, and leaving out whole blocks.

/// Takes away comments and needless white space; strings and data URLs stay as they are.
pub fn shrink(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css.chars().peekable();
    let mut quote = None;
    while let Some(c) = rest.next() {
        match quote {
            Some(q) => {
                out.push(c);
                if c == q {
                    quote = None;
                }
            }
            None if c == '/' && rest.peek() == Some(&'*') => skip_comment(&mut rest),
            None if c.is_whitespace() => space(&mut out),
            None => {
                if "{};,".contains(c) && out.ends_with(' ') {
                    out.pop();
                }
                quote = matches!(c, '"' | '\'').then_some(c);
                out.push(c);
            }
        }
    }
    out.replace(";}", "}")
}

fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '{', '}', ';', ',']) {
        out.push(' ');
    }
}

fn skip_comment(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let mut before = ' ';
    for c in rest.by_ref() {
        if before == '*' && c == '/' {
            return;
        }
        before = c;
    }
}

/// Splits shrunk CSS into its outermost rules, each with its braces.
pub fn blocks(css: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0_usize, 0_usize);
    for (at, c) in css.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ';' => {}
            _ => continue,
        }
        if depth == 0 {
            let end = at + c.len_utf8();
            found.extend(css.get(start..end));
            start = end;
        }
    }
    found
}
