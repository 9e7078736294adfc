#include "app/cli/Commands.h"

namespace resnet::app {

const QList<Command>& commands() {
    static const QList<Command> all{};
    return all;
}

}  // namespace resnet::app
