//! Labels and values of one record, one under another.

use super::Canvas;
use super::clean::{clean, clean_lines};
use super::grid::{self, Lane};

/// Labels in one column and values in the next: aligned by display width, long values wrapped under themselves,
/// line breaks in a value kept. Labels and values may be raw: they are cleaned here.
pub fn pairs(pairs: &[(String, String)], canvas: &Canvas) -> String {
    let rows: Vec<_> = pairs.iter().map(|(k, v)| vec![clean(k).into_owned(), clean_lines(v).into_owned()]).collect();
    let lanes = [Lane { right: false, whole: true }, Lane { right: false, whole: false }];
    grid::joined(&grid::lines(&lanes, &[], &rows, canvas.width))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Zone;
    use crate::base::words::Lang;

    #[test]
    fn values_stand_under_each_other_and_hang() {
        let canvas = Canvas::plain(Lang::Zh, Zone::default());
        let rows = [
            ("单号".to_string(), "DD-261121-YX-1".to_string()),
            ("客户名称".to_string(), "成都商场\n三楼\u{1b}".to_string()),
            ("备注".to_string(), "送货前请先电话联系现场负责人".to_string()),
        ];
        assert_eq!(
            pairs(&rows, &canvas),
            "单号      DD-261121-YX-1\n客户名称  成都商场\n          三楼␛\n备注      送货前请先电话联系现场负责人\n"
        );
        assert_eq!(
            pairs(&rows, &Canvas { width: Some(26), ..canvas }),
            "单号      DD-261121-YX-1\n客户名称  成都商场\n          三楼␛\n备注      送货前请先电话联\n          系现场负责人\n"
        );
        assert_eq!(pairs(&[], &canvas), "");
    }
}
