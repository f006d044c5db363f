# Written by ocszone; changes made in this file are lost.
# Office Communications Server: takes records of the {view} view away.
#
# Run it on a DNS server, as one who may change its zones.  It takes away
# what the script without undo adds for the same topology: records with just
# these data, and zones that it made, once nothing else is in them.
#
# What stood in their place before is not known here and does not come back;
# servers that register their own names do so with ipconfig /registerdns.

#Requires -Version 3.0
#Requires -Modules DnsServer

# The cmdlets are functions of a module, which do not see this preference: each
# is told by itself.  A fault ends the script with status 1.
$ErrorActionPreference = 'Stop'
$usable = $false
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

function Find-Zone($Zone) {
    $script:usable = Test-Zone $Zone
    $script:ours = $false
    if ($script:usable) { $script:ours = Test-Mark $Zone }
}

function Remove-Record($Zone, $Owner, $Ttl, $Type, $Data) {
    if (-not $script:usable) { return }
    foreach ($record in @(Get-RecordSet $Zone $Owner $Type)) {
        $same = (Get-Data $record) -eq $Data
        if ($same) { Remove-DnsServerResourceRecord -ZoneName $Zone -InputObject $record -Force -ErrorAction Stop }
    }
}

function Remove-HostRecord($Zone, $Owner, $Ttl, $Type, $Data) {
    if ($script:ours) { Remove-Record $Zone $Owner $Ttl $Type $Data }
}

# A zone that was made here goes when nothing but its SOA, its NS and the mark
# is left in it.
function Remove-Zone($Zone) {
    if (-not $script:ours) { return }
    foreach ($record in @(Get-DnsServerResourceRecord -ZoneName $Zone -ErrorAction Stop)) {
        $own = $record.HostName -eq '@' -and @('SOA', 'NS') -contains $record.RecordType
        $mark = $record.HostName -eq '_ocszone' -and $record.RecordType -eq 'TXT'
        if (-not $own -and -not $mark) {
            Write-Output "the zone $Zone stays: it holds records of others"
            return
        }
    }
    Remove-DnsServerZone -Name $Zone -Force -ErrorAction Stop
}
{records}
exit 0
