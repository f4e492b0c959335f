//! The words of headers in the languages of the field, each with what it speaks of.
//!
//! A word that ends in `*` stands for all words that begin so, as languages with many endings need it. Accents, case and the
//! Arabic article are folded away before words are compared.

/// What a word of a header speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    Killed,
    Injured,
    Missing,
    Captured,
    Displaced,
    Casualties,
    Civilians,
    Children,
    Women,
    Men,
    Medics,
    Press,
    Soldiers,
    Unknown,
    Attackers,
    Side,
    Actor,
    Target,
    Low,
    Best,
    High,
    Spread,
    Running,
    Day,
    Month,
    Year,
    Date,
    Start,
    End,
    Report,
    Precision,
    Time,
    Where,
    Place,
    Adm,
    Country,
    Latitude,
    Longitude,
    Kind,
    Title,
    Notes,
    Id,
    Code,
    Url,
    Source,
    Tags,
    /// Says nothing by itself: "number of", "event", "total".
    Filler,
}

/// The words, by what they speak of.
const WORDS: &[(Word, &str)] = &[
    (
        Word::Killed,
        "killed killings dead death deaths fatality fatalities kia died slain martyrs martyred nkill tote toten todesopfer \
         getotet getotete gefallene morts mort tues tue deces muertos muertas muerto muertes fallecidos fallecidas mortos \
         mortes obitos morti uccisi decessi vittime_mortali убит* погиб* умер* вбит* загиб* загинул* قتل قتلي قتيل شهداء \
         شهيد وفيات وفاه הרוגים נהרגו מתים olu olen oluler olum",
    ),
    (
        Word::Injured,
        "injured injuries injury wounded wia hurt nwound verletzt verletzte verletzten verwundet verwundete blesses blesse \
         heridos heridas herido lesionados feridos ferido feriti ferito ранен* пострадав* поранен* جرحي جريح مصاب مصابين \
         مصابون اصابات פצועים נפצעו yarali yaralilar",
    ),
    (
        Word::Missing,
        "missing mia disappeared vermisst vermisste vermissten disparus disparu desaparecidos desaparecidas dispersi \
         пропавш* пропал* зникл* مفقود مفقودين مفقودون נעדרים kayip",
    ),
    (
        Word::Captured,
        "captured abducted abductions kidnapped hostages detained detainees arrested pow prisoners gefangene gefangen \
         entfuhrte captures prisonniers enleves secuestrados capturados detenidos sequestrados rapiti catturati пленн* \
         плен* полонен* похищен* اسري اسير مختطف مختطفين معتقلين חטופים שבויים esir",
    ),
    (
        Word::Displaced,
        "displaced idps idp evacuated refugees vertrieben vertriebene evakuiert deplaces desplazados deslocados sfollati \
         перемещ* эвакуир* переміщ* евакуйов* نازح نازحين نازحون עקורים yerinden",
    ),
    (
        Word::Casualties,
        "casualties casualty losses kwm opfer victimes victimas vitimas vittime bajas pertes жертв* потер* втрат* ضحايا \
         خسائر נפגעים kayiplar",
    ),
    (
        Word::Civilians,
        "civilian civilians civ civs noncombatants zivil zivile zivilisten civil civils civile civiles civis civili \
         мирн* гражданск* цивільн* مدني مدنيين مدنيون אזרחים sivil siviller",
    ),
    (
        Word::Children,
        "child children kids minors kinder enfants ninos menores criancas bambini minori дет* діт* طفل اطفال ילדים cocuk \
         cocuklar",
    ),
    (
        Word::Women,
        "woman women female females frauen femmes mujeres mulheres donne женщин* жінк* نساء امراه נשים kadin",
    ),
    (Word::Men, "men man male males manner hommes hombres homens uomini мужчин* чоловік* رجال גברים erkek"),
    (Word::Medics, "medic medics medical med paramedics health_workers sanitater medecins medicos медик* مسعف مسعفين"),
    (
        Word::Press,
        "press journalist journalists media_workers journalisten journalistes periodistas журналист* صحفي صحفيين",
    ),
    (
        Word::Soldiers,
        "soldier soldiers military combatants fighters militants soldaten militar militaires soldats militares soldados \
         soldati militari военн* солдат* військов* جندي جنود عسكري مقاتل مقاتلين חיילים asker",
    ),
    (
        Word::Unknown,
        "unknown unidentified unbekannt inconnus desconocidos desconhecidos sconosciuti неизвестн* невідом* مجهول",
    ),
    (
        Word::Attackers,
        "attackers perpetrators terrorists assailants nkillter nwoundte tater angreifer assaillants atacantes",
    ),
    (Word::Side, "side party belligerent belligerents partei seite parti bando parte сторон* طرف צד taraf"),
    (
        Word::Actor,
        "actor actors perpetrator attacker aggressor group akteur tater acteur auteur agresor ator attore актор* فاعل",
    ),
    (Word::Target, "target targets victim victims ziel cible objetivo alvo obiettivo цель ціль هدف hedef"),
    (
        Word::Low,
        "low lower lowest min minimum mindestens least minimo minima minimale niedrig basso bajo baixo минимум* мин мінімум* ادني",
    ),
    (Word::Best, "best likely estimate est mean average median mittel moyenne media promedio средн* середн*"),
    (
        Word::High,
        "high higher highest max maximum hochstens most maximo maxima maximale hoch alto максимум* макс اعلي اقصي",
    ),
    (
        Word::Spread,
        "var variance sd std stdev stddev stderr se ci rate ratio share percent percentage pct per prozent anteil pourcentage \
         porcentaje percentuale доля процент* نسبه",
    ),
    (
        Word::Running,
        "cum cumul cumulative cumulated cumulatively running todate kumuliert kumulativ cumule cumules cumulatif acumulado \
         acumulados acumulada cumulato cumulativo накоп* нараст* накопич* تراكمي מצטבר kumulatif",
    ),
    (Word::Day, "day iday tag jour dia giorno день день يوم יום gun"),
    (Word::Month, "month imonth monat mois mes mese месяц місяць شهر חודש ay"),
    (Word::Year, "year iyear jahr annee ano anno год рік سنه עام שנה yil"),
    (Word::Date, "date dates datum fecha data дат* تاريخ תאריך tarih when"),
    (
        Word::Start,
        "start begin began from first earliest beginn anfang von debut inicio inizio начал* початок بدايه התחלה baslangic",
    ),
    (Word::End, "end ended to until last latest ende bis fin fim fine конец кінець окончан* нهايه نهايه סיום bitis"),
    (
        Word::Report,
        "report reported reporting published publication bericht rapport informe relato отчет* звіт* تقرير דיווח rapor",
    ),
    (Word::Precision, "prec precision accuracy genauigkeit exactitude precisao precisione точност* точніст* دقه"),
    (Word::Time, "time hour uhrzeit zeit heure hora ora время час وقت שעה saat"),
    (Word::Where, "where geo"),
    (
        Word::Place,
        "place location city town village locality settlement site ort stadt gemeinde lieu ville commune localite lugar \
         ciudad municipio localidad cidade local localidade luogo citta comune место город село місце місто مكان موقع \
         مدينه קרייה מקום עיר ישוב yer sehir",
    ),
    (
        Word::Adm,
        "adm admin province provstate provincia provincial governorate region state oblast district county provinz bundesland \
         departement departamento estado regiao regione область облаcть регион район губернаторство محافظه ولايه منطقه \
         מחוז bolge",
    ),
    (Word::Country, "country land staat nation pays pais paese stato страна країна بلد دوله מדינה ulke"),
    (Word::Latitude, "lat latitude breite breitengrad latitud latitudine широт* خط_العرض עرض רוחב enlem"),
    (Word::Longitude, "lon lng long longitude lange langengrad longitud longitudine долгот* довгот* אורך boylam"),
    (
        Word::Kind,
        "type kind category art typ kategorie categorie tipo categoria вид тип категори* نوع فئه סוג tur turu",
    ),
    (
        Word::Title,
        "title name headline titel bezeichnung titre nom titulo nombre nome titolo назван* назв* اسم عنوان שם כותרת ad adi",
    ),
    (
        Word::Notes,
        "notes note comment comments remark remarks description summary details text bemerkung beschreibung commentaire \
         remarques notas descripcion descricao note_ descrizione описан* примечан* опис* ملاحظات وصف הערות aciklama",
    ),
    (Word::Id, "id ids identifier uid guid key nr no ref reference kennung identifiant идентификатор معرف מזהה"),
    (Word::Code, "code codes cod iso iso2 iso3 gwno fips pcode kode код رمز קוד kod"),
    (Word::Url, "url urls link links href permalink web website"),
    (Word::Source, "source sources quelle quellen fuente fuentes fonte fonti источник* джерел* مصدر مصادر מקור kaynak"),
    (Word::Tags, "tag_ tags keywords labels schlagworte etiquetas mots_cles метк* теги وسوم תגיות etiketler"),
    (
        Word::Filler,
        "number of the total event events incident incidents attack battle record row people persons count nb anzahl zahl der \
         die das de del du des la le los las el in by all reported confirmed num total_ gesamt totale nombre_de ereignis vorfall \
         evento eventos incidente incidentes evenement событи* инцидент* поді* кол количество число кількість عدد حادث \
         حدث אירוע מספר sayisi olay violence conflict",
    ),
];

/// What a word of a header speaks of; a word of several languages may speak of several things (`data` is a date in some,
/// and nothing in English).
pub(super) fn spoken_of(word: &str) -> impl Iterator<Item = Word> + '_ {
    WORDS.iter().filter(move |(_, list)| list.split_whitespace().any(|known| fits(word, known))).map(|(what, _)| *what)
}

fn fits(word: &str, known: &str) -> bool {
    known.strip_suffix('*').map_or(word == known, |stem| word.starts_with(stem))
}

/// The words of a header, folded: lower case, without accents, split at signs, at capitals, and between letters and digits.
pub(super) fn words_of(header: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in header.chars() {
        let new_word = !c.is_alphanumeric()
            || before.is_lowercase() && c.is_uppercase()
            || before.is_alphabetic() != c.is_alphabetic() && before.is_alphanumeric();
        if is_accent(c) {
            continue;
        }
        if new_word {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase().map(plain));
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words.iter().map(|word| without_article(word)).collect()
}

/// Marks on letters that stand by themselves: combining accents and Arabic vowels.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{652}' | '\u{640}')
}

/// The Arabic article, where enough of the word is left.
fn without_article(word: &str) -> String {
    let bare = word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3).unwrap_or(word);
    bare.to_owned()
}

/// A letter without its accent; letters that are written in several ways in one of these.
const fn plain(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ı' | 'ī' => 'i',
        'ñ' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ş' | 'š' | 'ś' => 's',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'ž' | 'ź' | 'ż' => 'z',
        'ё' => 'е',
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        _ => c,
    }
}
