//! A paper form in a terminal: the same cells as on paper, drawn with lines, every text wrapped inside its cell.

use unicode_width::UnicodeWidthStr;

use super::page_cell::{is_number, least_lines, text as said};
use super::page_wrap::pieces;
use super::{BOLD, Canvas};
use crate::base::page::{Page, PageCell, PageRow, Role};

/// Columns of the drawing where there is no terminal.
const USUAL: usize = 100;
/// A narrower terminal is not drawn for: the lines of a form would be no lines any more.
const NARROWEST: usize = 60;
/// The longest word that a cell is made wide enough for: that of a long record number.
const LONGEST_WORD: usize = 24;
/// Columns that a cell takes beside its text: its left line and a blank on either side.
const AROUND: usize = 3;
/// What paper is cut along.
const CUT: char = '┄';
/// What joins lines that go up, down, left and right, in that order of bits.
const JOINTS: [char; 16] = [' ', '─', '─', '─', '│', '┌', '┐', '┬', '│', '└', '┘', '┴', '│', '├', '┤', '┼'];

/// The page for a terminal. It is wider than the canvas only where a word of a cell would have to be torn.
pub fn text(page: &Page, canvas: &Canvas) -> String {
    let edges = edges(page, canvas);
    let width = edges.last().copied().unwrap_or(0);
    let mut out = String::new();
    let mut above: Option<Drawn> = None;
    for block in &page.blocks {
        if block.cut && above.is_some() {
            push(&mut out, &rule(above.take().as_ref(), None, width));
            push(&mut out, &CUT.to_string().repeat(width + 1));
        }
        for row in &block.rows {
            let drawn = Drawn::of(row, &edges);
            push(&mut out, &rule(above.as_ref(), Some(&drawn), width));
            lines(row, &edges, canvas).iter().for_each(|line| push(&mut out, line));
            above = Some(drawn);
        }
    }
    push(&mut out, &rule(above.as_ref(), None, width));
    out
}

/// Adds a line without the blanks at its end; none where it is empty altogether.
fn push(out: &mut String, line: &str) {
    let line = line.trim_end();
    if !line.is_empty() {
        out.push_str(line);
        out.push('\n');
    }
}

/// Whether a cell has lines around it.
fn is_framed(cell: &PageCell) -> bool {
    !matches!(cell.role, Role::Title | Role::Remark)
}

/// The cells of a row with their first and last edge.
fn placed<'a>(row: &'a PageRow, edges: &'a [usize]) -> impl Iterator<Item = (usize, usize, &'a PageCell)> {
    row.cells.iter().scan(0, |column, cell| {
        let from = *column;
        *column += usize::from(cell.span);
        Some((edges[from], edges[*column], cell))
    })
}

/// Where the lines between the grid's columns stand: as evenly as the words allow.
fn edges(page: &Page, canvas: &Canvas) -> Vec<usize> {
    let mut widths = vec![1; usize::from(page.columns)];
    let mut needs: Vec<(usize, usize, usize)> = Vec::new();
    for placed in page.placed() {
        let text = said(&placed.cell.content);
        let words = text.lines().flat_map(pieces).map(|piece| piece.trim_end().width().min(LONGEST_WORD));
        needs.push((usize::from(placed.cell.span), placed.column, words.max().unwrap_or(0) + AROUND));
    }
    // What narrow cells need is settled first; wide ones then lack less.
    needs.sort_unstable();
    for (span, column, need) in needs {
        let columns = &mut widths[column..column + span];
        while columns.iter().sum::<usize>() < need {
            widen(columns);
        }
    }
    let wanted = canvas.width.unwrap_or(USUAL).max(NARROWEST) - 1;
    while widths.iter().sum::<usize>() < wanted {
        widen(&mut widths);
    }
    let mut edges = vec![0];
    edges.extend(widths.iter().scan(0, |sum, width| {
        *sum += width;
        Some(*sum)
    }));
    edges
}

/// Makes the narrowest column wider by one.
fn widen(widths: &mut [usize]) {
    if let Some(narrowest) = widths.iter_mut().min() {
        *narrowest += 1;
    }
}

/// Where a row has lines: upright ones at an edge, level ones above and below its cells.
struct Drawn {
    upright: Vec<bool>,
    level: Vec<bool>,
}

impl Drawn {
    fn of(row: &PageRow, edges: &[usize]) -> Drawn {
        let width = edges.last().copied().unwrap_or(0);
        let mut drawn = Drawn { upright: vec![false; width + 1], level: vec![false; width] };
        for (from, to, _) in placed(row, edges).filter(|(.., cell)| is_framed(cell)) {
            drawn.upright[from] = true;
            drawn.upright[to] = true;
            drawn.level[from..to].fill(true);
        }
        drawn
    }
}

/// The line between two rows, or above the first and below the last.
fn rule(above: Option<&Drawn>, below: Option<&Drawn>, width: usize) -> String {
    let both = [above, below];
    let upright = |row: Option<&Drawn>, x: usize| row.is_some_and(|row| row.upright[x]);
    let level = |x: Option<usize>| x.is_some_and(|x| both.iter().flatten().any(|row| row.level.get(x) == Some(&true)));
    // Between two rows without lines there is none.
    if !(0..width).any(|x| level(Some(x))) {
        return String::new();
    }
    let joint = |x: usize| {
        let arms = [upright(above, x), upright(below, x), level(x.checked_sub(1)), level(Some(x))];
        JOINTS[arms.iter().fold(0, |bits, arm| bits << 1 | usize::from(*arm))]
    };
    (0..=width).map(joint).collect()
}

/// The lines of text of a row.
fn lines(row: &PageRow, edges: &[usize], canvas: &Canvas) -> Vec<String> {
    let texts: Vec<Vec<String>> = placed(row, edges)
        .map(|(from, to, cell)| wrap(&said(&cell.content), (to - from).saturating_sub(AROUND)))
        .collect();
    let height = texts.iter().map(Vec::len).max().unwrap_or(0).max(usize::from(least_lines(row)));
    let framed: Vec<bool> = row.cells.iter().map(is_framed).collect();
    let line = |at: usize| {
        let mut line = String::new();
        for (i, (from, to, cell)) in placed(row, edges).enumerate() {
            let border = framed[i] || i.checked_sub(1).is_some_and(|before| framed[before]);
            line.push(if border { '│' } else { ' ' });
            let text = texts[i].get(at).map_or("", String::as_str);
            let room = (to - from).saturating_sub(AROUND).saturating_sub(text.width());
            let before = match cell.role {
                Role::Title | Role::Head => room / 2,
                _ if is_number(&cell.content) => room,
                _ => 0,
            };
            let bold = matches!(cell.role, Role::Title | Role::Head | Role::Label);
            let shown = if bold { canvas.paint(BOLD, text) } else { text.to_string() };
            line.push_str(&format!(" {}{shown}{} ", " ".repeat(before), " ".repeat(room - before)));
        }
        line.push(if framed.last() == Some(&true) { '│' } else { ' ' });
        line
    };
    (0..height).map(line).collect()
}

/// A text as lines of at most `width` columns. Only what is wider than a whole line is torn, and nothing but blanks at
/// the breaks is left out.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut put = |piece: &str| {
            if !line.is_empty() && line.width() + piece.trim_end().width() > width {
                lines.push(std::mem::take(&mut line).trim_end().to_string());
            }
            line.push_str(piece);
        };
        for piece in pieces(paragraph) {
            match piece.trim_end().width() {
                shown if shown <= width => put(piece),
                _ => piece.chars().for_each(|c| put(c.encode_utf8(&mut [0; 4]))),
            }
        }
        lines.push(line.trim_end().to_string());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::page::{Block, Content};
    use crate::base::time::Zone;
    use crate::base::words::Lang;
    use crate::show::clean::clean_lines;

    fn cell(span: u16, role: Role, content: Content) -> PageCell {
        PageCell { span, role, content, slot: None }
    }

    fn words(span: u16, role: Role, text: &str) -> PageCell {
        cell(span, role, Content::Text(text.to_string()))
    }

    fn page(rows: Vec<Vec<PageCell>>) -> Page {
        let rows = rows.into_iter().map(|cells| PageRow { cells, height: 1 }).collect();
        Page { name: "x".into(), columns: 12, blocks: vec![Block { rows, ..Block::default() }] }
    }

    fn drawn(page: &Page) -> String {
        text(page, &Canvas { width: Some(60), ..Canvas::plain(Lang::Zh, Zone::default()) })
    }

    #[test]
    fn cells_of_any_span_meet_in_the_right_joints() {
        let page = page(vec![
            vec![words(12, Role::Title, "订单确认书")],
            vec![words(3, Role::Label, "客户"), words(9, Role::Value, "瑶华珠宝（上海）有限公司")],
            vec![words(6, Role::Head, "型号"), words(6, Role::Head, "数量")],
            vec![words(6, Role::Value, "YH-G120"), cell(6, Role::Value, Content::Whole(1250))],
        ]);
        assert_eq!(
            drawn(&page),
            "                         订单确认书
┌──────────────┬───────────────────────────────────────────┐
│ 客户         │ 瑶华珠宝（上海）有限公司                  │
├──────────────┴──────────────┬────────────────────────────┤
│            型号             │            数量            │
├─────────────────────────────┼────────────────────────────┤
│ YH-G120                     │                      1,250 │
└─────────────────────────────┴────────────────────────────┘
"
        );
    }

    #[test]
    fn nothing_is_cut_and_every_line_is_equally_wide() {
        let long = "三楼东侧电梯口旁边的展位玻璃门下沿开裂，需要整块更换，请提前与商场物业预约 DD-261121-YX-1 进场时间\u{1b}[31m";
        for (span, width) in [(1, 60), (2, 61), (3, 80), (11, 20)] {
            let page =
                page(vec![vec![words(span, Role::Value, long), words(12 - span, Role::Value, "第一行\n\n第三行 é")]]);
            let canvas = Canvas { width: Some(width), ..Canvas::plain(Lang::Zh, Zone::default()) };
            let drawn = text(&page, &canvas);
            let wide: Vec<usize> = drawn.lines().map(UnicodeWidthStr::width).collect();
            assert!(wide.iter().all(|w| *w == wide[0] && *w >= NARROWEST), "{drawn}");
            let mut seen: Vec<char> =
                drawn.chars().filter(|c| !c.is_whitespace() && !"│─┌┐└┘┬┴├┤┼".contains(*c)).collect();
            let mut held: Vec<char> =
                (clean_lines(long) + "第一行第三行é").chars().filter(|c| !c.is_whitespace()).collect();
            seen.sort_unstable();
            held.sort_unstable();
            assert_eq!(seen, held, "{drawn}");
            assert!(drawn.contains("DD-261121-YX-1"), "{drawn}");
        }
    }

    #[test]
    fn a_word_too_long_for_any_cell_is_torn_and_not_lost() {
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("一二三", 1), ["一", "二", "三"]);
        assert_eq!(wrap("ab  cd", 4), ["ab", "cd"]);
        assert_eq!(wrap("", 5), Vec::<String>::new());
    }

    #[test]
    fn a_slip_is_cut_off_below_its_own_frame() {
        let mut page = page(vec![vec![words(12, Role::Value, "a")]]);
        page.blocks.push(Block { cut: true, ..page.blocks[0].clone() });
        let lines: Vec<String> = drawn(&page).lines().map(|l| l.chars().take(3).collect()).collect();
        assert_eq!(lines, ["┌──", "│ a", "└──", "┄┄┄", "┌──", "│ a", "└──"]);
    }
}
