// SPDX-License-Identifier: Apache-2.0
//! Lines over lengths or versions, as a picture within the page.

use crate::number::grouped;
use maud::{Markup, html};

const WIDTH: f64 = 460.0;
const HEIGHT: f64 = 270.0;
const LEFT: f64 = 66.0;
const RIGHT: f64 = 18.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 44.0;
/// Lines of the grid between the axis and the top.
const STEPS: u32 = 4;

/// A line: its name, and a value at each mark of the axis where there is one.
pub struct Series {
    /// For the legend, and for each point.
    pub name: String,
    /// As many as the plot has marks.
    pub values: Vec<Option<f64>>,
}

/// A picture.
pub struct Plot<'a> {
    /// What it shows.
    pub title: &'a str,
    /// The marks along the axis, and where they are on it.
    pub marks: Vec<(String, f64)>,
    /// What the marks are.
    pub along: &'a str,
    /// What the values are.
    pub unit: &'a str,
    /// The lines; at most four have a colour of their own.
    pub series: Vec<Series>,
}

impl Plot<'_> {
    /// The figure, with a table for those who do not see it.
    pub fn figure(&self) -> Markup {
        let values = self.series.iter().flat_map(|series| &series.values);
        let most = values
            .flatten()
            .fold(0.0_f64, |most, value| most.max(*value));
        let top = round_up(most);
        let (first, last) = self.ends();
        let x = |place: f64| {
            let share = if last > first {
                (place - first) / (last - first)
            } else {
                0.5
            };
            LEFT + share * (WIDTH - LEFT - RIGHT)
        };
        let y = |value: f64| HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
        html! {
            figure {
                figcaption { (self.title) }
                svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(self.summary()) {
                    @for step in 0..=STEPS {
                        @let value = top * f64::from(step) / f64::from(STEPS);
                        line.grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(place(y(value))) y2=(place(y(value))) {}
                        text x=(LEFT - 8.0) y=(place(y(value) + 4.0)) text-anchor="end" { (written(value)) }
                    }
                    @for (name, mark) in self.legible(x) {
                        text x=(place(x(mark))) y=(HEIGHT - BOTTOM + 18.0) text-anchor="middle" { (name) }
                    }
                    text x=((LEFT + WIDTH - RIGHT) / 2.0) y=(HEIGHT - 8.0) text-anchor="middle" {
                        (self.along)
                    }
                    @for (index, series) in self.series.iter().enumerate() {
                        @let points = self.points(series);
                        @let path: Vec<_> = points.iter().map(|(mark, _, value)| {
                            format!("{},{}", place(x(*mark)), place(y(*value)))
                        }).collect();
                        polyline class={ "line series-" (index) } points=(path.join(" ")) {}
                        @for (mark, name, value) in points {
                            circle class={ "series-" (index) } cx=(place(x(mark))) cy=(place(y(value))) r="4" {
                                title {
                                    (series.name) ", " (name) ": " (written(value)) " " (self.unit)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// First and last place on the axis.
    fn ends(&self) -> (f64, f64) {
        let places = self.marks.iter().map(|(_, place)| *place);
        places.fold(
            (f64::INFINITY, f64::NEG_INFINITY),
            |(first, last), place| (first.min(place), last.max(place)),
        )
    }

    /// The marks that have room for their names.
    fn legible(&self, x: impl Fn(f64) -> f64) -> Vec<(&str, f64)> {
        let mut free = f64::NEG_INFINITY;
        let marks = self.marks.iter().filter(|(name, place)| {
            let half = 4.0 * name.chars().count() as f64;
            let fits = x(*place) - half > free;
            if fits {
                free = x(*place) + half;
            }
            fits
        });
        marks.map(|(name, place)| (name.as_str(), *place)).collect()
    }

    fn points<'a>(&'a self, series: &Series) -> Vec<(f64, &'a str, f64)> {
        let marks = self.marks.iter().zip(&series.values);
        marks
            .filter_map(|((name, place), value)| Some((*place, name.as_str(), (*value)?)))
            .collect()
    }

    /// The values in words.
    fn summary(&self) -> String {
        let mut text = self.title.to_owned();
        for series in &self.series {
            text += &format!(". {}:", series.name);
            for (_, name, value) in self.points(series) {
                text += &format!(" {name} {}", written(value));
            }
        }
        text
    }
}

/// What each colour is.
pub fn legend(names: &[&str]) -> Markup {
    html! {
        ul.legend {
            @for (index, name) in names.iter().enumerate() {
                li class={ "series-" (index) } { (name) }
            }
        }
    }
}

/// The next number with one digit, or a half more, that is not smaller.
fn round_up(value: f64) -> f64 {
    if value <= 0.0 || !value.is_finite() {
        return 1.0;
    }
    let unit = 10_f64.powf(value.log10().floor());
    let steps = [1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 6.0, 8.0, 10.0];
    let fitting = steps.into_iter().find(|step| step * unit >= value);
    fitting.unwrap_or(10.0) * unit
}

fn place(value: f64) -> String {
    format!("{value:.1}")
}

fn written(value: f64) -> String {
    if value.fract() == 0.0 && value >= 0.0 {
        grouped(value as u64)
    } else {
        format!("{value:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        for (most, top) in [
            (0.0, 1.0),
            (39_208.0, 40_000.0),
            (1.0, 1.0),
            (104_571.0, 120_000.0),
        ] {
            assert_eq!(round_up(most), top, "{most}");
        }
        assert_eq!(round_up(f64::NAN), 1.0);
    }

    #[test]
    fn a_missing_value_is_no_point() {
        let plot = Plot {
            title: "<&>",
            marks: vec![("64".into(), 64.0), ("1,024".into(), 1024.0)],
            along: "bytes",
            unit: "instructions",
            series: vec![Series {
                name: "a".into(),
                values: vec![None, Some(5.0)],
            }],
        };
        let text = plot.figure().into_string();
        assert_eq!(text.matches("<circle").count(), 1);
        assert!(
            text.contains("&lt;&amp;&gt;") && !text.contains("NaN"),
            "{text}"
        );
        let alone = Plot {
            marks: Vec::new(),
            series: Vec::new(),
            ..plot
        };
        assert!(!alone.figure().into_string().contains("NaN"));
    }
}
