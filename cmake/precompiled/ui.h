// Headers of Qt that most sources of the window include.
#pragma once

#include <QCoreApplication>
#include <QEvent>
#include <QImage>
#include <QPainter>
#include <QString>
#include <QWidget>
