# Written by ocszone; changes made in this file are lost.
# Office Communications Server: records of the {view} view.
#
# Run it on a DNS server, as one who may change its zones.  Run again, it
# changes nothing.
#
# A zone that is missing is made, in Active Directory, with a TXT record at
# _ocszone by which the undo script knows it; but one of somebody else has to
# be there.  A zone that is there stays,
# with all that is in it.  Then each set of records below holds what is
# written here and nothing else; other owners and other types are left alone.
#
# Hosts that are no part of the deployment, name servers among them, are
# written only into zones that were made here.
#
# SOA and NS records are the server's own and are not written.  Nor is a
# delegation from one of these zones to another: a server that has both
# answers from the lower one.  Where a server has the upper one alone,
# delegate there to the servers that have the lower one.

#Requires -Version 3.0
#Requires -Modules DnsServer

# The cmdlets are functions of a module, which do not see this preference: each
# is told by itself.  A fault ends the script with status 1.
$ErrorActionPreference = 'Stop'
$ours = $false

function Test-Zone($Zone) {
    $found = @(Get-DnsServerZone -ErrorAction Stop | Where-Object { $_.ZoneName -eq $Zone })
    return $found.Count -gt 0
}

# Of that very owner: -Node leaves out what is below it.
function Get-RecordSet($Zone, $Owner, $Type) {
    try {
        $found = @(Get-DnsServerResourceRecord -ZoneName $Zone -Name $Owner -RRType $Type -Node -ErrorAction Stop)
    }
    catch {
        # There is no such name.
        if ($_.FullyQualifiedErrorId -notlike 'WIN32 9714,*') { throw }
        $found = @()
    }
    return @($found | Where-Object { $_.HostName -eq $Owner })
}

function Get-Data($Record) {
    $data = $Record.RecordData
    switch ($Record.RecordType) {
        'A' { return "$($data.IPv4Address)" }
        'CNAME' { return $data.HostNameAlias }
        'SRV' { return "$($data.Priority) $($data.Weight) $($data.Port) $($data.DomainName)" }
        'TXT' { return $data.DescriptiveText }
    }
}

function Test-Mark($Zone) {
    foreach ($record in @(Get-RecordSet $Zone '_ocszone' 'TXT')) {
        if ((Get-Data $record) -eq 'made by ocszone') { return $true }
    }
    return $false
}

# Does the zone have that name, or names below it?
function Test-Name($Zone, $Name) {
    try {
        $found = @(Get-DnsServerResourceRecord -ZoneName $Zone -Name $Name -ErrorAction Stop)
    }
    catch {
        # There is no such name.
        if ($_.FullyQualifiedErrorId -notlike 'WIN32 9714,*') { throw }
        $found = @()
    }
    return $found.Count -gt 0
}

# ZONE [UPPER-ZONE NAME]...: a zone must not hide names of one further up that
# this server has.
function Set-Zone($Zone) {
    if (Test-Zone $Zone) {
        $script:ours = Test-Mark $Zone
        return
    }
    for ($i = 0; $i -lt $args.Count; $i += 2) {
        $upper = $args[$i]
        $name = $args[$i + 1]
        if ((Test-Zone $upper) -and (Test-Name $upper $name)) {
            throw "the zone $Zone would hide names that the zone $upper has"
        }
    }
    Add-DnsServerPrimaryZone -Name $Zone -ReplicationScope Domain -ErrorAction Stop
    Add-DnsServerResourceRecord -ZoneName $Zone -Name '_ocszone' -Txt -DescriptiveText 'made by ocszone' -ErrorAction Stop
    $script:ours = $true
}

# ZONE: of somebody else, who makes it.
function Find-Zone($Zone) {
    if (-not (Test-Zone $Zone)) { throw "the zone $Zone is missing, and is not made here" }
    $script:ours = Test-Mark $Zone
}

function Add-Record($Zone, $Owner, $Ttl, $Type, $Data) {
    $time = [TimeSpan]::FromSeconds($Ttl)
    switch ($Type) {
        'A' { Add-DnsServerResourceRecord -ZoneName $Zone -Name $Owner -TimeToLive $time -A -IPv4Address $Data -ErrorAction Stop }
        'CNAME' { Add-DnsServerResourceRecord -ZoneName $Zone -Name $Owner -TimeToLive $time -CName -HostNameAlias $Data -ErrorAction Stop }
        'SRV' {
            $part = $Data.Split(' ')
            Add-DnsServerResourceRecord -ZoneName $Zone -Name $Owner -TimeToLive $time -Srv -Priority $part[0] -Weight $part[1] -Port $part[2] -DomainName $part[3] -ErrorAction Stop
        }
    }
}

# A record that is there already is not touched, so that nobody asks in a gap.
function Set-Record($Zone, $Owner, $Ttl, $Type, $Data) {
    $kept = $false
    foreach ($record in @(Get-RecordSet $Zone $Owner $Type)) {
        $same = (Get-Data $record) -eq $Data -and $record.TimeToLive.TotalSeconds -eq $Ttl
        if ($same) { $kept = $true }
        if (-not $same) { Remove-DnsServerResourceRecord -ZoneName $Zone -InputObject $record -Force -ErrorAction Stop }
    }
    if (-not $kept) { Add-Record $Zone $Owner $Ttl $Type $Data }
}

function Set-HostRecord($Zone, $Owner, $Ttl, $Type, $Data) {
    if ($script:ours) { Set-Record $Zone $Owner $Ttl $Type $Data }
}
{records}
exit 0
