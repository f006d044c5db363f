#include "write/plan_formats.h"

#include "write/sheet_writer.h"

const struct result_format plan_formats[] = {
    {"zones", NULL},
    {"dnscmd", windows_write_dnscmd},
    {"dnscmd-undo", windows_write_dnscmd_undo},
    {"powershell", windows_write_powershell},
    {"powershell-undo", windows_write_powershell_undo},
    {"csv", sheet_write_csv},
    {"markdown", sheet_write_markdown},
    {NULL, NULL},
};
