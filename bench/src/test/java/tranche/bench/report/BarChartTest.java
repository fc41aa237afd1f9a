package tranche.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tranche.bench.report.BarChart.Bar;
import tranche.bench.report.BarChart.Panel;
import tranche.bench.report.BarChart.Side;

class BarChartTest {
  @Test
  void a_bar_twice_as_long_is_drawn_twice_as_long() throws Exception {
    List<Double> widths = widths(chart(bar("a", 8), bar("b", 4), bar("c", 0)));

    assertThat(widths.get(0)).isEqualTo(2 * widths.get(1));
    assertThat(widths.get(2)).as("still to be seen").isEqualTo(1);
  }

  @Test
  void everything_lies_within_the_picture() throws Exception {
    Element svg = parsed(chart(bar("a", 1), bar("b", 1e9))).getDocumentElement();

    double width = Double.parseDouble(svg.getAttribute("width"));
    double height = Double.parseDouble(svg.getAttribute("height"));
    for (Element rectangle : bars(svg)) {
      assertThat(number(rectangle, "x") + number(rectangle, "width")).isLessThan(width);
      assertThat(number(rectangle, "y") + number(rectangle, "height")).isLessThan(height);
    }
  }

  @Test
  void words_with_signs_of_markup_leave_it_well_formed() throws Exception {
    BarChart chart =
        new BarChart("a < b & c", "<note>", List.of(new Panel("]]>", List.of(bar("<&>", 1)))));

    assertThat(parsed(chart).getDocumentElement().getTextContent())
        .contains("a < b & c", "<note>", "]]>", "<&>");
  }

  @Test
  void a_chart_without_panels_and_a_panel_without_bars_are_documents_too() throws Exception {
    assertThat(parsed(new BarChart("none", "", List.of())).getDocumentElement()).isNotNull();
    assertThat(bars(parsed(chart()).getDocumentElement())).isEmpty();
  }

  @Test
  void a_length_that_is_no_length_is_refused() {
    assertThatThrownBy(() -> bar("a", -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bar("a", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bar("a", 1 / 0.0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static BarChart chart(Bar... bars) {
    return new BarChart("title", "note", List.of(new Panel("panel", List.of(bars))));
  }

  private static Bar bar(String label, double value) {
    return new Bar(label, value, value + " s", Side.OTHER);
  }

  private static List<Double> widths(BarChart chart) throws Exception {
    return bars(parsed(chart).getDocumentElement()).stream()
        .map(rectangle -> number(rectangle, "width"))
        .toList();
  }

  private static List<Element> bars(Element svg) {
    List<Element> found = new ArrayList<>();
    var rectangles = svg.getElementsByTagName("rect");
    for (int i = 0; i < rectangles.getLength(); i++) {
      Element rectangle = (Element) rectangles.item(i);
      if (rectangle.hasAttribute("class")) {
        found.add(rectangle);
      }
    }
    return found;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static Document parsed(BarChart chart) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(chart.svg().getBytes(UTF_8)));
  }
}
