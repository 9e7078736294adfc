#include "ui/exports/TikzText.h"

namespace resnet::ui {

QString tikzText(const QString& text) {
    QString safe;
    for (const QChar each : text) {
        switch (each.unicode()) {
            case '#':
            case '%':
            case '&':
            case '_':
            case '$':
            case '{':
            case '}':
                safe += QLatin1Char('\\') + QString(each);
                break;
            case 0x00D7:
                safe += QStringLiteral("$\\times$");
                break;
            case 0x2212:
                safe += QLatin1Char('-');
                break;
            case 0x221E:
                safe += QStringLiteral("$\\infty$");
                break;
            case 0x2192:
                safe += QStringLiteral("$\\to$");
                break;
            case 0x00B7:
                safe += QStringLiteral("$\\cdot$");
                break;
            case 0x207B:
                safe += QStringLiteral("$^{-}$");
                break;
            default:
                if (each.unicode() > 0x80 && each.digitValue() >= 0) {  // superscripts
                    safe += QStringLiteral("$^{%1}$").arg(each.digitValue());
                    break;
                }
                safe += each.unicode() < 0x80 && each != QLatin1Char('\\') && each != QLatin1Char('^') &&
                                each != QLatin1Char('~')
                            ? each
                            : QLatin1Char('?');
        }
    }
    return safe;
}

}  // namespace resnet::ui
