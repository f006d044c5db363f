@rem Written by ocszone; changes made in this file are lost.
@echo off
rem Office Communications Server: records of the {view} view.
rem
rem Run it on a DNS server, as one who may change its zones.  Run again, it
rem changes nothing.
rem
rem A zone that is missing is made, in Active Directory, with a TXT record at
rem _ocszone by which the undo script knows it; but one of somebody else has to
rem be there.  A zone that is there stays,
rem with all that is in it.  Then each set of records below holds what is
rem written here and nothing else; other owners and other types are left alone.
rem
rem Hosts that are no part of the deployment, name servers among them, are
rem written only into zones that were made here.
rem
rem SOA and NS records are the server's own and are not written.  Nor is a
rem delegation from one of these zones to another: a server that has both
rem answers from the lower one.  Where a server has the upper one alone,
rem delegate there to the servers that have the lower one.

setlocal EnableExtensions DisableDelayedExpansion
set "failed=0"
dnscmd . /info >nul
if not %errorlevel%==0 echo dnscmd finds no DNS server here that you may change 1>&2
if not %errorlevel%==0 exit /b 1
{records}
exit /b %failed%

rem What dnscmd shows is data of others.  It is compared, and never handed to
rem call, which would look for commands in it.

rem ZONE [UPPER-ZONE NAME]...: a zone must not hide names of one further up
rem that this server has.
:zone
set "usable=1"
set "ours=0"
dnscmd . /zoneinfo %1 >nul 2>&1
if %errorlevel%==0 goto mark
:above
if "%2"=="" goto make
dnscmd . /enumrecords %2 %3 >nul 2>&1
if %errorlevel%==0 goto hides
shift /2
shift /2
goto above
:hides
echo the zone %1 would hide names that the zone %2 has 1>&2
goto unusable
:make
dnscmd . /zoneadd %1 /dsprimary >nul
if not %errorlevel%==0 goto unusable
set "ours=1"
dnscmd . /recordadd %1 _ocszone TXT "made by ocszone" >nul
if not %errorlevel%==0 goto fail
exit /b 0
:mark
dnscmd . /enumrecords %1 _ocszone /node /type TXT 2>nul | findstr /c:"made by ocszone" >nul
if %errorlevel%==0 set "ours=1"
exit /b 0
:unusable
set "usable=0"
goto fail

rem ZONE: of somebody else, who makes it.
:other
set "usable=1"
set "ours=0"
dnscmd . /zoneinfo %1 >nul 2>&1
if %errorlevel%==0 goto mark
echo the zone %1 is missing, and is not made here 1>&2
goto unusable

rem ZONE OWNER TTL TYPE DATA...: where it is there, and alone, nothing is
rem touched, so that nobody asks in a gap.
:record
if %usable%==0 exit /b 0
set "wanted=%3 %4 %5 %6 %7 %8"
set "same=0"
set "all=0"
for /f "tokens=1-7" %%a in ('dnscmd . /enumrecords %1 %2 /node /type %4 2^>nul') do (
    if /i "%%b"=="%4" set /a all+=1 >nul
    if /i "%%c"=="%4" set /a all+=1 >nul
    if /i "%%d"=="%4" set /a all+=1 >nul
    if /i "%%b %%c %%d %%e %%f %%g"=="%wanted%" set /a same+=1 >nul
)
if %same%==1 if %all%==1 exit /b 0
dnscmd . /recorddelete %1 %2 %4 /f >nul 2>&1
dnscmd . /recordadd %1 %2 %3 %4 %5 %6 %7 %8 >nul
if not %errorlevel%==0 goto fail
exit /b 0

:host
if %ours%==1 goto record
exit /b 0

:fail
echo failed: %1 %2 %3 %4 %5 %6 %7 %8 1>&2
set "failed=1"
exit /b 0
