// Includes the headers a second time in one program.
#include "zhenggong.hpp"
#include "zhenggong.h"

std::size_t rules_seen_from_another_file();

std::size_t rules_seen_from_another_file() { return zhenggong::rules().size(); }
