use proptest::prelude::*;

use super::*;

fn cells(html: &str) -> Vec<Vec<String>> {
    read(html).expect("a range")
}

#[test]
fn what_libreoffice_calc_wrote_is_read() {
    // Copied from LibreOffice Calc 7.4, from a sheet made for this.
    let html = include_str!("../../../../tests/it/data/calc.html");
    let wanted = [
        ["2022-09-16", "Fire at the post", "Batken", "12"],
        ["2022-09", "A \"quoted\" title", "Ak-Sai", "10-14"],
        ["", "Two\nlines", "Tabhere", "?"],
        ["2022-09-14/2022-09-17", "  two  spaces ", "a & b < c", "007"],
    ];
    assert_eq!(cells(html), wanted);
}

#[test]
fn what_excel_writes_is_read() {
    let html = "<html xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\n\
        <head><meta name=Generator content=\"Microsoft Excel 15\"><style><!--table {mso-displayed:\"a\";} --></style></head>\n\
        <body link=\"#0563C1\"><table border=0 cellpadding=0>\n<!--StartFragment-->\n <col width=64 style='width:48pt'>\n \
        <tr height=20 style='height:15.0pt'>\n  <td height=20 width=64>Fire at\n  the post</td>\n  \
        <td align=right x:num=\"1234\">1,234</td>\n  <td>a<br>\n    b</td>\n <td>&nbsp;</td>\n </tr>\n<!--EndFragment-->\n</table></body></html>";
    assert_eq!(cells(html), [["Fire at the post", "1234", "a\nb", ""]]);
    let rows_alone = "<col width=64><tr><td>a</td><td>5\" gun</td></tr>";
    assert_eq!(cells(rows_alone), [["a", "5\" gun"]]);
}

#[test]
fn numbers_are_taken_from_beside_their_text_only_where_they_are_the_same() {
    let one =
        |text: &str, value: &str| cells(&format!("<table><tr><td sdval=\"{value}\">{text}</td></table>"))[0][0].clone();
    assert_eq!(one("1.234", "1234"), "1234");
    assert_eq!(one("1 234 567", "1234567"), "1234567");
    assert_eq!(one("16.09.2022", "44820"), "16.09.2022", "a day shows another number than it is");
    assert_eq!(one("12%", "0.12"), "12%");
    assert_eq!(one("1.5", "1.5"), "1.5");
}

#[test]
fn cells_that_span_others_leave_their_places_empty() {
    let html =
        "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d<tr><td>e<td rowspan=0>f<td colspan=99999>g</table>";
    assert_eq!(cells(html), [["a", "b", ""], ["", "c", "d"], ["e", "f", "g"]]);
    let last = "<table><tr><td>a<td rowspan=3>b<tr><td>c<tr><td>d</table>";
    assert_eq!(cells(last), [["a", "b"], ["c", ""], ["d", ""]]);
}

#[test]
fn lines_of_a_cell_are_kept_and_layout_is_not() {
    let html = "<table>\n <tr>\n  <td>\n   <p>One</p>\n   <p>Two</p>\n  </td>\n  <th><div>x</div> y <b>z</b>  </th>\n \
        <td>a<br><br>b<br></td><td><br></td></tr>\n</table>";
    assert_eq!(cells(html), [["One\nTwo", "x\ny z", "a\n\nb", ""]]);
    let nested = "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>";
    assert_eq!(cells(nested), [["a\nb\nc", "d"]], "a table in a cell is text of the cell");
    let note = "<table><tr><td><a class=\"comment-indicator\"></a><comment>A note</comment>7</td></tr></table>";
    assert_eq!(cells(note), [["7"]]);
}

#[test]
fn what_is_no_range_is_left_to_the_plain_text() {
    for html in [
        "",
        "plain",
        "<b>bold</b>",
        "<h1>News</h1><table><tr><td>a</td></tr></table>",
        "<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>",
        "<table></table>",
        "<table><tr></tr></table>",
        "<script>document.write('<table><tr><td>a')</script>",
    ] {
        assert_eq!(read(html), None, "{html}");
    }
    let styled = "<style>td { color: red }</style><title>Sheet</title><table><tr><td>a</td></tr></table>";
    assert_eq!(cells(styled), [["a"]], "what is not shown is no text beside the table");
}

#[test]
fn only_what_a_spreadsheet_could_misread_is_marked() {
    let written = |text: &str, kind| {
        let html = write(&[vec![Cell { text: text.to_owned(), kind }]]);
        html.split("<tr>").nth(1).and_then(|row| row.split("</tr>").next()).expect("a row").to_owned()
    };
    assert_eq!(written("Osh", Kind::Text), "<td>Osh</td>");
    assert_eq!(written("12", Kind::Number), "<td align=\"right\">12</td>");
    for (text, kind) in
        [("10-14", Kind::Number), ("=A1", Kind::Text), ("007", Kind::Text), ("2022-09", Kind::Day), ("-", Kind::Text)]
    {
        assert!(written(text, kind).starts_with("<td sdnum=\"1033;0;@\""), "{text}");
    }
    assert!(written("2022-09-16", Kind::Day).starts_with("<td sdval=\"44820\" sdnum=\"1033;0;YYYY-MM-DD\""));
    assert!(written("a<b>&\"", Kind::Text).contains("a&lt;b&gt;&amp;&quot;"));
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(rows in prop::collection::vec(prop::collection::vec("[a1&<;\"\t\n =-]{0,6}", 3), 1..6)) {
        let kinds = [Kind::Text, Kind::Number, Kind::Day];
        let written: Vec<Vec<Cell>> = rows
            .iter()
            .map(|row| row.iter().zip(kinds).map(|(text, kind)| Cell { text: text.clone(), kind }).collect())
            .collect();
        prop_assert_eq!(read(&write(&written)), Some(rows));
    }

    #[test]
    fn nothing_makes_the_reader_fall(html in "(<(/)?(table|tr|td|th|br|p|style|script|title|textarea|comment)( rowspan=[0-9]{1,9}| colspan=[0-9]{1,9})?>|[a&;\u{0} \n]){0,40}") {
        // Whatever it reads, it ends and keeps within bounds.
        if let Some(rows) = read(&html) {
            prop_assert!(rows.iter().all(|row| row.len() <= MOST_COLUMNS + WIDEST));
        }
    }
}
