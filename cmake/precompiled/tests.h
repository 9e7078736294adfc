// What every test includes.
#pragma once

#include <QtTest>
