//! The points of a call, item by item, as people write them: `greeting 9; answer 25`.

use super::field::BETWEEN;

/// What is written where every item has its full points.
pub const FULL: &str = "full";
const FULL_ZH: &str = "满分";

/// The most points that an item may have.
pub const MOST: u64 = 1000;

/// The points of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The item's code, or its name where a person typed it.
    pub item: String,
    /// The points, up to [`MOST`].
    pub points: u64,
}

/// Reads points as `answer=25`, `answer 25` or `answer：25`, separated by one of [`BETWEEN`]; [`FULL`] alone names no item.
///
/// # Errors
/// The piece that is none.
pub fn marks(text: &str) -> Result<Vec<Mark>, String> {
    if matches!(text.trim(), FULL | FULL_ZH) {
        return Ok(Vec::new());
    }
    let pieces = text.split(BETWEEN).map(str::trim).filter(|piece| !piece.is_empty());
    let marks: Vec<Mark> =
        pieces.map(|piece| mark(piece).ok_or_else(|| piece.to_string())).collect::<Result<_, _>>()?;
    if marks.is_empty() { Err(text.to_string()) } else { Ok(marks) }
}

fn mark(piece: &str) -> Option<Mark> {
    let (item, points) = piece.rsplit_once(|c: char| matches!(c, '=' | ':' | '：') || c.is_whitespace())?;
    let item = item.trim();
    let plain = (1..=4).contains(&points.len()) && points.bytes().all(|b| b.is_ascii_digit());
    let points = plain.then(|| points.parse().ok()).flatten().filter(|points| *points <= MOST)?;
    (!item.is_empty()).then(|| Mark { item: item.to_string(), points })
}

/// Points as files hold them: `greeting 9; answer 25`; [`FULL`] where no item is named.
pub fn written(marks: &[Mark]) -> String {
    let pieces: Vec<String> = marks.iter().map(|Mark { item, points }| format!("{item} {points}")).collect();
    if pieces.is_empty() { FULL.to_string() } else { pieces.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_as_people_write_them_and_written_in_one_way() {
        for (text, is) in [
            ("answer=25", Ok("answer 25")),
            ("answer=25,closing=4", Ok("answer 25; closing 4")),
            ("answer 25; closing 0", Ok("answer 25; closing 0")),
            (" 业务解答：25、 结束语=4 ", Ok("业务解答 25; 结束语 4")),
            ("business answer=25", Ok("business answer 25")),
            ("full", Ok("full")),
            ("满分", Ok("full")),
            ("answer", Err("answer")),
            ("answer=25;closing", Err("closing")),
            ("answer=25;answer=20", Ok("answer 25; answer 20")),
            ("answer=-1", Err("answer=-1")),
            ("answer=1001", Err("answer=1001")),
            ("answer=2.5", Err("answer=2.5")),
            ("=25", Err("=25")),
            (";", Err(";")),
        ] {
            let read = marks(text);
            assert_eq!(read.as_deref().map(written).map_err(String::as_str), is.map(str::to_string), "{text}");
        }
    }
}
