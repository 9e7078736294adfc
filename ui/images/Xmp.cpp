#include "ui/images/Xmp.h"

#include <QXmlStreamReader>

namespace resnet::ui {

namespace {

Orientation orientationOf(QStringView text) {
    bool isNumber = false;
    const int orientation = text.trimmed().toInt(&isNumber);
    return isNumber && orientation >= 1 && orientation <= mostOrientation ? orientation : 0;
}

bool isRdf(const QXmlStreamReader& xml, QLatin1String name) {
    return xml.namespaceUri() == QLatin1String("http://www.w3.org/1999/02/22-rdf-syntax-ns#") &&
           xml.name() == name;
}

}  // namespace

// XMP specification, part 1, section 7: properties are attributes or children of the descriptions right
// inside RDF. Descriptions deeper in are of other pictures, that this one was made from.
Orientation xmpOrientation(const QByteArray& packet) {
    const QString tiff = QStringLiteral("http://ns.adobe.com/tiff/1.0/");
    const QString name = QStringLiteral("Orientation");
    QXmlStreamReader xml(packet);
    while (!xml.atEnd() &&
           !(xml.readNext() == QXmlStreamReader::StartElement && isRdf(xml, QLatin1String("RDF"))))
        continue;
    while (xml.readNextStartElement()) {
        if (!isRdf(xml, QLatin1String("Description"))) {
            xml.skipCurrentElement();
            continue;
        }
        if (const Orientation found = orientationOf(xml.attributes().value(tiff, name)))
            return found;
        while (xml.readNextStartElement()) {
            if (xml.namespaceUri() != tiff || xml.name() != name)
                xml.skipCurrentElement();
            else if (const Orientation found =
                         orientationOf(xml.readElementText(QXmlStreamReader::SkipChildElements)))
                return found;
        }
    }
    return 0;
}

}  // namespace resnet::ui
