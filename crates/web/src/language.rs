//! The languages of the public pages. Staff pages are in English.

/// A language that public pages are written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// English, as written in the United States.
    #[default]
    En,
    /// Spanish, with *usted*.
    Es,
}

impl Lang {
    /// All of them, the default first.
    pub const ALL: [Self; 2] = [Self::En, Self::Es];

    /// The code for `lang`, `hreflang` and addresses (BCP 47).
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// What its speakers call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
        }
    }

    /// The language of a code such as `es` or `es-MX`; `None` for one that we do not have.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|lang| lang.code() == primary)
    }

    /// The language that a browser asks for (`Accept-Language`, RFC 9110, section 12.5.4).
    pub fn preferred(accept: &str) -> Self {
        let mut best = (0.0, Self::default());
        for part in accept.split(',') {
            let (code, quality) = part.split_once(";q=").unwrap_or((part, "1"));
            let quality: f32 = quality.trim().parse().unwrap_or(0.0);
            if let Some(lang) = Self::from_code(code).filter(|_| quality > best.0) {
                best = (quality, lang);
            }
        }
        best.1
    }
}

/// Templates pass everything by reference.
impl From<&Self> for Lang {
    fn from(lang: &Self) -> Self {
        *lang
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_wish_is_heard() {
        assert_eq!(Lang::preferred("es-MX,es;q=0.9,en;q=0.8"), Lang::Es);
        assert_eq!(Lang::preferred("fr, en;q=0.3, es;q=0.7"), Lang::Es);
        assert_eq!(Lang::preferred("de"), Lang::En);
        assert_eq!(Lang::preferred(""), Lang::En);
    }
}
