//! Mistakes, and what is said of them: the place in the file, and words that say what to do.

use crate::file::{FileError, Finding, read};

/// What is told of a text, each as `line:column words`. `HEAD` stands for a good beginning of three lines.
fn told(text: &str) -> (bool, Vec<String>) {
    let text = text.replace("HEAD", "(\n  format: 1,\n  project: (title: \"T\"),\n");
    let line = |finding: &Finding| {
        let record = if finding.record.is_empty() { String::new() } else { format!("{}: ", finding.record) };
        format!("{}:{} {record}{}", finding.position.line, finding.position.column, finding.message)
    };
    match read(&text, &|_| true) {
        Ok(opened) => (true, opened.findings.iter().map(line).collect()),
        Err(error @ FileError::Newer { .. }) => (false, vec![error.to_string()]),
        Err(error) => (false, error.problems().iter().map(line).collect()),
    }
}

type Row = (&'static str, &'static [&'static str]);

/// All rows that are told otherwise than wanted, so that one run shows them all.
fn differences(rows: &[Row], opens: bool) -> String {
    let told = rows.iter().map(|(text, wanted)| (text, told(text), *wanted));
    let different = told.filter(|(_, (opened, told), wanted)| *opened != opens || told != wanted);
    different.map(|(text, (_, told), wanted)| format!("{text}\ntold   {told:#?}\nwanted {wanted:#?}\n\n")).collect()
}

#[test]
fn what_breaks_the_format_refuses_the_file_and_says_where() {
    assert_eq!(differences(REFUSED, false), "");
}

#[test]
fn what_can_be_kept_is_kept_and_told() {
    assert_eq!(differences(KEPT, true), "");
}

#[test]
fn a_hundred_problems_are_told_and_the_rest_counted() {
    let events = "(id:\"\"),\n".repeat(130);
    let error = read(&format!("(format: 1, project: (), events: [\n{events}])"), &|_| true).expect_err("no ids");
    assert_eq!(error.problems().len(), 100);
    assert_eq!(error.to_string(), "line 2, column 5: event: An id cannot be empty (and 129 more problems)");
}

const REFUSED: &[Row] = &[
    (
        "HEAD  datasets: [(id:\"d\",mapping:\"ged\",mapping_version:1,columns:[\"id\",\"best\"],delimiter:\";;\",line_end:\"nl\"),\n\
         (id:\"f\",mapping:\"ged\",mapping_version:1,columns:[]),(id:\"f\",mapping:\"ged\",mapping_version:1,columns:[])],\n\
         mappings: [(name:\"own\",version:1,columns:[(\"a\",\"places\")])],\n\
         row_claims: [(id:\"e-1.a\",aside:\"why\")],\n\
         events: [(id:\"e-1\",row:(\"a b\",\"1\")),(id:\"e-12345678901\"),(id:\"e-123456789012\",row:(\"f\",\"\"))])",
        &[
            "4:86 data set d: One character is expected here, not \";;\"",
            "4:100 data set d: \"nl\" is not known here; write one of \"lf\", \"crlf\", \"cr\"",
            "5:57 data set f: The id `f` is that of an earlier data set; give one of the two a new id",
            "6:43 mapping: \"places\" is not a meaning; write one such as \"place\", \"first day\", \"best killed total\", or \"kept\"",
            "8:24 event e-1: The id `a b` may hold only the letters a to z, digits, `-`, `_` and `.`",
            "8:62 event e-123456789012: The id of an event with a row has 13 characters at most, which leaves room for the ids of its claims",
        ],
    ),
    (
        "HEAD  datasets: [(id:\"d\",mapping:\"ged\",mapping_version:1,columns:[\"id\",\"best\"])],\n\
         row_claims: [(id:\"e-1.b\",aside:\"why\"),(id:\"e-1.a\",comment:\"x\"),(id:\"e-1.a\"),\n (id:\"e-1.a\",quantity:\"about\"), (id:3)],\n\
         events: [(id:\"e-1\",row:(\"d\",\"1,2\"))])",
        &[
            "5:18 row claim e-1.b: No row states a claim `e-1.b`; correct the id, or write the whole claim among `claims` with an id of its own",
            "5:68 row claim e-1.a: This claim stands here already; leave one of the two",
            "6:6 row claim e-1.a: This claim stands here already; leave one of the two",
            "6:37 row claim: A text in double quotation marks is expected here",
        ],
    ),
    (
        "(format: 1,\nproject: (codebook: (version: 2, columns: [(id:\"beds\",title:\"Beds\",kind:\"numeral\"), (id:\"a b\",title:\"A\"), (id:\"Beds\",title:\"B\"),\n  (id:\"a\",title:\"A\",words:[(name:\"x\")]), (id:\"b\",title:\"B\"), (id:\"b\",title:\"C\")])),\n\
         events: [(id:\"e-1\", own:[(\"beds\",\"12\"),(\"beds\",\"13\"),(\"Ward\",\"x\")]), (id:\"e-2\", own:[(\"beds\")]), (id:\"e-3\", own:[(\"beds\",3)])])",
        &[
            "2:73 project: \"numeral\" is not known here; write one of \"text\", \"number\", \"quantity\", \"date\", \"choice\"",
            "2:89 project: The id `a b` may hold only the letters a to z, digits, `-`, `_` and `.`",
            "2:111 project: The id `Beds` of a column begins with a small letter and holds only a to z, digits and `_`",
            "3:27 project: Words go with the kind \"choice\" only; remove them, or change the kind",
            "3:66 project: The id `b` is that of an earlier column; give one of the two a new id",
            "4:40 event e-1: The column `beds` has two values here; leave one",
            "4:54 event e-1: The id `Ward` of a column begins with a small letter and holds only a to z, digits and `_`",
            "4:93 event e-2: Two values in round brackets are expected here, such as (120, 133)",
            "4:122 event e-3: A text in double quotation marks is expected here",
        ],
    ),
    ("", &["1:1 This is no Dateline project: it does not begin with `(`, then `format: 1,`"]),
    ("hello", &["1:6 This is no Dateline project: it does not begin with `(`, then `format: 1,`"]),
    ("{\"format\": 1}", &["1:1 This is no Dateline project: it does not begin with `(`, then `format: 1,`"]),
    ("[1, 2]", &["1:1 This is no Dateline project: it does not begin with `(`, then `format: 1,`"]),
    (
        "(project: (title: \"T\"))",
        &["1:1 The field `format` is missing; a Dateline project begins with `(`, then `format: 1,`"],
    ),
    (
        "(format: \"1\", project: ())",
        &[
            "1:10 The format is a whole number from 1, not `\"1\"`; a Dateline project begins with `(`, then `format: 1,`",
        ],
    ),
    (
        "(format: 0, project: ())",
        &["1:10 The format is a whole number from 1, not `0`; a Dateline project begins with `(`, then `format: 1,`"],
    ),
    (
        "(format: 2, project: (), new_things: [<>])",
        &["This file is in format 2; this Dateline reads format 1. Use a newer Dateline to open it"],
    ),
    ("(format: 1)", &["1:1 The field `project` is missing; add `project: …`"]),
    ("HEAD", &["1:1 The ( here is never closed: the file may be cut short; add what is missing"]),
    (
        "HEAD  events: [\n    (id:\"e-1\"),\n",
        &["4:11 The [ here is never closed: the file may be cut short; add what is missing"],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\", title:\"abc),\n  ],\n)",
        &["5:22 The text that begins here is never closed; add the quotation mark that ends it"],
    ),
    ("HEAD  /* comment\n  events: [])", &["4:3 The comment that begins here is never closed; add */ at its end"]),
    (
        "HEAD  events: [(id:\"e-1\"]) )",
        &["4:21 There is a ] here, but the ( of line 4, column 12 is still open; close that one first"],
    ),
    (
        "HEAD  events: [(id:'e-1')])",
        &["4:16 A single quotation mark stands here; texts are written in double ones, \"like this\""],
    ),
    ("HEAD) x", &["4:3 The project ends before this; remove what follows the last `)`"]),
    ("HEAD  event: [],\n)", &["4:3 There is no field `event` here; did you mean `events`?"]),
    ("HEAD  events: [], events: [],\n)", &["4:15 The field `events` stands here twice; leave one"]),
    (
        "HEAD  events: (id:\"e-1\"),\n)",
        &["4:11 A list in square brackets is expected here, such as [\"one\", \"two\"]"],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\", titel:\"x\"),\n    (id:\"e-2\", title:\"x\", title:\"y\"),\n    (title:\"x\"),\n  ],\n)",
        &[
            "5:16 event e-1: There is no field `titel` here; did you mean `title`?",
            "6:27 event e-2: The field `title` stands here twice; leave one",
            "7:5 event: The field `id` is missing; add `id: …`",
        ],
    ),
    ("HEAD  events: [\n    (id:\"e-1\") (id:\"e-2\"),\n  ],\n)", &["5:16 event: A comma is expected before this"]),
    (
        "HEAD  events: [\n    (id:\"e-1\",, title:\"x\"),\n  ],\n)",
        &["5:15 event: The name of a field is expected here"],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\"),,\n  ],\n)",
        &["5:16 event: A record in round brackets is expected here, such as (name: value)"],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\", latitude: \"x\", longitude: 3),\n  ],\n)",
        &["5:29 event e-1: Here stands the string \"x\", where a number of degrees or \"none\" is expected"],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\", latitude: NaN, longitude: inf),\n  ],\n)",
        &[
            "5:26 event e-1: NaN is not a latitude; write degrees from -90 to 90",
            "5:42 event e-1: inf is not a longitude; write degrees from -180 to 180",
        ],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\", latitude: 91, longitude: -200.5),\n (id:\"e-2\", longitude:3) ],\n)",
        &[
            "5:26 event e-1: 91 is not a latitude; write degrees from -90 to 90",
            "5:41 event e-1: -200.5 is not a longitude; write degrees from -180 to 180",
            "6:23 event e-2: A longitude needs a latitude; add it, or leave both out",
        ],
    ),
    (
        "HEAD  events: [\n    (id:\"é 1\", when:\"2022-02-30\", status:\"drafd\", precision:\"x\", covers:[\"a\", \"b b\"]),\n  ],\n)",
        &[
            "5:9 event é 1: The id `é 1` may hold only the letters a to z, digits, `-`, `_` and `.`",
            "5:21 event é 1: 2022-02 has no day 30; its last day is 28",
            "5:42 event é 1: \"drafd\" is not known here; write one of \"draft\", \"coded\", \"reviewed\", \"disputed\", \"excluded\"",
            "5:61 event é 1: \"x\" is not known here; write one of \"exact\", \"near\", \"adm2\", \"adm1\", \"region\", \"country\", \"elsewhere\"",
            "5:79 event é 1: The id `b b` may hold only the letters a to z, digits, `-`, `_` and `.`",
        ],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\", status:\"excluded\"), (id:\"e-2\", reason:\"x\"),\n  ],\n)",
        &[
            "5:23 event e-1: It is excluded without a reason; add reason:\"why\"",
            "5:54 event e-2: A reason goes with \"excluded\" only; remove it, or write it as a note",
        ],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\", by_hand:[(measure:\"killed\", low:3, best:5, high:\"many\", reason:\"r\")]),\n  ],\n)",
        &["5:70 event e-1: Here stands the string \"many\", where a whole number or \"open\" is expected"],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\", by_hand:[(measure:\"killed\", low:3, best:2, high:\"open\", reason:\"\"), (measure:\"killed\", low:-3, best:2, high:\"open\", reason:\"x\")]),\n  ],\n)",
        &["5:109 event e-1: This number is too large, or below zero, for what it counts"],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\"),\n    (id:\"e-1\"),\n  ],\n)",
        &["6:9 event e-1: The id `e-1` is taken by an earlier record; give one of the two a new id"],
    ),
    (
        "HEAD  claims: [\n    (id:\"c-1\", event:\"e-1\", measure:\"killed\", quantity:\"1.5\", grade:7, party:\"C\", reported:\"2022-09\"),\n  ],\n)",
        &[
            "5:56 claim c-1: “1.5” reads as a decimal and a count is a whole number; type it without a fraction, such as 1200 or 1,200",
            "5:69 claim c-1: 7 is not a grade; write 1 (confirmed) to 6 (cannot be judged)",
            "5:78 claim c-1: \"C\" is not known here; write one of \"A\", \"B\"",
            "5:92 claim c-1: \"2022-09\" is not a day; write it as 2022-09-16",
        ],
    ),
    (
        "HEAD  claims: [\n    (id:\"c-1\", event:\"e-1\", measure:\"Killed!\", quantity:\"3+\", class:\"x in y\", scope:additional(\"c\")),\n  ],\n)",
        &["5:85 claim c-1: There is no kind of value `additional` here; did you mean `additional_to`?"],
    ),
    (
        "HEAD  claims: [\n    (id:\"c-1\", event:\"e-1\", measure:\"killed\", quantity:\"swathes\", quotes:[(in:\"a-1\", at:(3), exact:\"x\")]),\n  ],\n)",
        &["5:91 claim c-1: Two values in round brackets are expected here, such as (120, 133)"],
    ),
    (
        "HEAD  claims: [\n    (id:\"c-1\", event:\"e-1\", measure:\"killed\", quantity:3),\n  ],\n)",
        &["5:56 claim c-1: A text in double quotation marks is expected here"],
    ),
    (
        "HEAD  claims: [\n    (id:\"c-1\", event:\"e-1\", measure:\"killed\", quantity:\"3\", attackers: -1),\n  ],\n)",
        &["5:74 claim c-1: This number is too large, or below zero, for what it counts"],
    ),
    (
        "HEAD  claims: [\n    (id:\"c-1\", event:\"e-1\", measure:\"killed\", quantity:\"3\", counts_names: \"yes\"),\n  ],\n)",
        &["5:75 claim c-1: true or false is expected here, without quotation marks"],
    ),
    (
        "HEAD  notes: [\n    (id:\"n-1\", title:\"x\u{202e}y\", about:[event(\"e-7\"), claims(\"c\")]),\n  ],\n)",
        &["5:50 note n-1: There is no kind of value `claims` here; did you mean `claim`?"],
    ),
    (
        "(\n  format: 1,\n  project: (title: \"T\", coverage: [(from:\"2022-13-01\", to:\"open\")], milestones: [(when:\"x\")]),\n  methodology: (method: \"range\", words: \"mine 1\"),\n events: [(id:\"\")])",
        &[
            "3:42 project: There is no month 13; months are 01 to 12",
            "3:88 project: \"x\" is not a day; write it as 2022-09-16",
            "4:25 methodology: \"range\" is not a method; write one of \"range of claims 1\", \"conservative 1\", \"judged best 1\", \"named floor 1\", \"newest, majority, lowest 1\", \"majority 1\", \"source hierarchy 1\", \"latest of one authority 1\"",
            "4:41 methodology: There is no word table \"mine 1\"; write one of \"plain 1\", \"acled 1\", \"airwars 1\", \"ucdp-like (inferred) 1\", or add its words in word_list",
            "5:15 event: An id cannot be empty",
        ],
    ),
    (
        "(\n  format: 1,\n  project: (title: 3),\n  methodology: (method: \"range\", words: \"mine 1\"),\n events: [(id:\"\")])",
        &["3:20 A text in double quotation marks is expected here", "5:15 event: An id cannot be empty"],
    ),
    (
        "(\n  format: 1,\n  project: (),\n  methodology: (methods: [(measure:\"killed\",method:\"majority 1\"),(measure:\"killed\",method:\"majority 1\")], word_list: [(word:\"tens\",low:10)]),\n)",
        &["4:119 The field `high` is missing; add `high: …`"],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\", title:\"a\\qb\"),\n  ],\n)",
        &[
            "5:26 event e-1: Unknown escape character; a backslash in a text is written \\\\, or the whole text as r\"…\"",
        ],
    ),
    (
        "HEAD  events: [\n    3,\n (id:\"e-1\", id:3),  ],\n)",
        &[
            "5:5 event: A record in round brackets is expected here, such as (name: value)",
            "6:13 event e-1: The field `id` stands here twice; leave one",
        ],
    ),
    (
        "HEAD  events: [\n    Evnt(id:\"e-1\"),\n (id:\"e-2\", sensitive:yes),  ],\n)",
        &[
            "5:9 event e-1: Expected struct `Event` but found `Evnt`; see FORMAT.md",
            "6:23 event e-2: true or false is expected here, without quotation marks",
        ],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\", tags:[\"a\" \"b\"]),  (id:\"e-2\", tags:\"b\"), (id:e),(id:\"x\" title:\"y\") ],\n)",
        &[
            "5:26 event e-1: A comma or a closing bracket is expected here",
            "5:50 event e-2: A list in square brackets is expected here, such as [\"one\", \"two\"]",
            "5:60 event: A text in double quotation marks is expected here",
            "5:71 event: A comma or a closing bracket is expected here",
        ],
    ),
];

const KEPT: &[Row] = &[
    (
        "HEAD  datasets: [(id:\"d\",mapping:\"ged\",mapping_version:1,columns:[\"id\",\"best\",\"latitude\"]),\n\
         (id:\"f\",mapping:\"ged\",mapping_version:9,columns:[])],\n\
         events: [(id:\"e-1\",row:(\"d\",\"1\")),\n(id:\"e-2\",row:(\"d\",\"1,2,500\")),\n(id:\"e-3\",row:(\"g\",\"1\")),(id:\"e-4\",row:(\"f\",\"1\"))])",
        &[
            "5:17 data set f: No mapping “ged” of version 9 is known, so its rows cannot be read; add it to `mappings`, or use the Dateline that made this file",
            "6:24 event e-1: The row has 1 field, and the data set 3 columns",
            "7:15 event e-2: Column latitude: “500” is no number of degrees from -90 to 90",
            "7:15 event e-2: Column latitude: latitude and longitude stand together, and one is missing",
            "8:15 event e-3: There is no data set `g` with a mapping that is known, so the row says nothing; add it to `datasets`",
            "8:40 event e-4: There is no data set `f` with a mapping that is known, so the row says nothing; add it to `datasets`",
        ],
    ),
    (
        "(format: 1,\nproject: (codebook: (version: 2, columns: [(id:\"beds\",title:\"Beds\",kind:\"number\"), (id:\"place\",title:\"BEDS\"),\n  (id:\"how\",title:\" \",kind:\"choice\",words:[(name:\"minor\"),(name:\"\"),(name:\"minor\")])], retired: [\"beds\"])),\n\
         events: [(id:\"e-1\", own:[(\"beds\",\"12\"),(\"ward\",\"x\"),(\"how\",\"?\")]),\n(id:\"e-2\", own:[(\"how\",\"major\"),(\"beds\",\"a dozen\"),(\"place\",\"\")])])",
        &[
            "2:88 project: “place” is the name of something else; give the column another id",
            "2:102 project: Two columns are called “BEDS”; rename one of them",
            "3:19 project: The title of this column is blank; say what stands over it",
            "3:65 project: This word is blank; write it, or take it out",
            "3:75 project: “minor” stands in this list twice; leave one",
            "3:97 project: The id `beds` is also that of a column in use; take it out here, or rename the column",
            "4:40 event e-1: The codebook has no column `ward`; add it there, or take the value out",
            "5:17 event e-2: how: “major” is none of the words of this column; it was kept as it is",
            "5:33 event e-2: Beds: “a dozen” is no number. Type a number with a point before its decimals: 1200, 3.5, -2; it was kept as it is",
            "5:52 event e-2: The value of `place` is empty; take the pair out",
        ],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\", by_hand:[(measure:\"killed\", low:3, best:2, high:\"open\", reason:\"\"), (measure:\"killed\", low:3, best:\"none\", high:9, reason:\"x\")]),\n  ],\n)",
        &[
            "5:48 event e-1: A figure by hand needs low ≤ best ≤ high; correct one of the three",
            "5:79 event e-1: A figure by hand needs a reason; say why the claims do not decide",
            "5:84 event e-1: killed of total is set by hand twice and the first counts; leave one",
        ],
    ),
    (
        "HEAD  claims: [\n    (id:\"c-1\", event:\"e-1\", measure:\"killed\", quantity:\"3+\", scope:additional_to(\"c-9\"), quotes:[(in:\"a-1\", at:(1,2), exact:\"x\")]),\n  ],\n)",
        &[
            "5:22 claim c-1: There is no event `e-1`, so the claim counts nowhere; correct the id, or add the event",
            "5:68 claim c-1: There is no claim `c-9`; correct the id, or add the claim",
            "5:102 claim c-1: There is no article `a-1`; correct the id, or add the article",
        ],
    ),
    (
        "HEAD  claims: [\n    (id:\"c-1\", event:\"e-1\", measure:\"killed\", quantity:\"swathes\", quotes:[(in:\"a-1\", at:(0,1), exact:\"x\")]),\n  ],\n articles: [(id:\"a-1\",text:\"y\", corrects:\"a-1\")])",
        &[
            "5:22 claim c-1: There is no event `e-1`, so the claim counts nowhere; correct the id, or add the event",
            "5:56 claim c-1: No word table has \"swathes\", so it reads as no number; add it to the word list, or write ? or a number",
            "5:89 claim c-1: The words at 0 to 1 of article `a-1`, or those around them, are not those of the quote; mark the quote anew",
            "7:42 article a-1: An article cannot correct itself; name the earlier version",
        ],
    ),
    (
        "HEAD  notes: [\n    (id:\"n-1\", title:\"x\u{202e}y\", body:\"a\u{0}\", about:[event(\"e-7\")]),\n  ],\n)",
        &[
            "5:22 note n-1: There is a character U+202E in this text, which turns the direction of writing and can make words look other than they are; it was kept, so compare the text with its source",
            "5:34 note n-1: There is a control character U+0000 in this text; it was kept, and no screen shows it",
            "5:47 note n-1: There is no event `e-7`; correct the id, or take it off the note",
        ],
    ),
    (
        "\u{feff}(\r\n  format: 1,\r\n  project: ())",
        &[
            "1:1 The file begins with a byte order mark, which is not needed; saving leaves it out",
            "1:1 The file has Windows line ends (CR LF); they were read as plain ones (LF), and saving writes plain ones",
        ],
    ),
    (
        "HEAD  events: [\n    (id:\"e-1\", covers:[\"e-2\"]),  (id:\"e-2\", covers:[\"e-1\"]) ],\n)",
        &[
            "5:23 event e-1: This summary covers itself, directly or by way of others; take one of them off its list",
            "5:52 event e-2: This summary covers itself, directly or by way of others; take one of them off its list",
        ],
    ),
];
