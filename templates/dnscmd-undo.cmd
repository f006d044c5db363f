@rem Written by ocszone; changes made in this file are lost.
@echo off
rem Office Communications Server: takes records of the {view} view away.
rem
rem Run it on a DNS server, as one who may change its zones.  It takes away
rem what the script without undo adds for the same topology: records with just
rem these data, and zones that it made, once nothing else is in them.
rem
rem What stood in their place before is not known here and does not come back;
rem servers that register their own names do so with ipconfig /registerdns.

setlocal EnableExtensions DisableDelayedExpansion
set "failed=0"
dnscmd . /info >nul
if not %errorlevel%==0 echo dnscmd finds no DNS server here that you may change 1>&2
if not %errorlevel%==0 exit /b 1
{records}
exit /b %failed%

rem What dnscmd shows is data of others.  It is compared, and never handed to
rem call, which would look for commands in it.

rem ZONE
:zone
set "usable=0"
set "ours=0"
dnscmd . /zoneinfo %1 >nul 2>&1
if not %errorlevel%==0 exit /b 0
set "usable=1"
dnscmd . /enumrecords %1 _ocszone /node /type TXT 2>nul | findstr /c:"made by ocszone" >nul
if %errorlevel%==0 set "ours=1"
exit /b 0

rem ZONE OWNER TTL TYPE DATA...: that it is not there is no fault, that it
rem stays is one.
:remove
if %usable%==0 exit /b 0
dnscmd . /recorddelete %1 %2 %4 %5 %6 %7 %8 /f >nul 2>&1
set "data=%4 %5 %6 %7 %8"
set "same=0"
for /f "tokens=1-8" %%a in ('dnscmd . /enumrecords %1 %2 /node /type %4 2^>nul') do (
    if /i "%%b %%c %%d %%e %%f"=="%data%" set /a same+=1 >nul
    if /i "%%c %%d %%e %%f %%g"=="%data%" set /a same+=1 >nul
    if /i "%%d %%e %%f %%g %%h"=="%data%" set /a same+=1 >nul
)
if not %same%==0 goto fail
exit /b 0

:remove_host
if %ours%==1 goto remove
exit /b 0

rem ZONE: it goes if it was made here and nothing but its SOA, its NS and the
rem mark is left in it.  A line that is not known is something else.
:end
if %ours%==0 exit /b 0
dnscmd . /zoneprint %1 | findstr /b /c:"_ocszone" >nul
if not %errorlevel%==0 goto stays
dnscmd . /zoneprint %1 | findstr /v /r /c:"^;" /c:"^[ 	]*$" /c:"^_ocszone[ 	]" /c:"^[@ 	].*[ 	]SOA[ 	]" /c:"^[@ 	].*[ 	]NS[ 	]" /c:"^Command completed" >nul
if %errorlevel%==0 goto stays
dnscmd . /zonedelete %1 /dsdel /f >nul
if not %errorlevel%==0 goto fail
exit /b 0
:stays
echo the zone %1 stays: it holds records of others
exit /b 0

:fail
echo failed: %1 %2 %3 %4 %5 %6 %7 %8 1>&2
set "failed=1"
exit /b 0
