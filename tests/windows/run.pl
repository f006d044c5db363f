# Runs a script that ocszone has written against a model of a DNS server.
#
#     perl tests/windows/run.pl SCRIPT.cmd <BEFORE >AFTER
#
# BEFORE and AFTER are what server.pl describes.  The exit status is that of
# the script, 99 where it has a line that the interpreter does not know.  The
# last line on standard error says how often the server was changed.
use strict;
use warnings;

my ($path) = @ARGV;
my ($kind) = $path =~ /\.(cmd|ps1)$/ or die "neither .cmd nor .ps1: $path\n";
(my $here = "./$0") =~ s{[^/]+$}{};
require "${here}server.pl";
require $here . ($kind eq 'cmd' ? 'cmd.pl' : 'powershell.pl');

open my $file, '<:raw', $path or die "$path: $!\n";
my $text = do { local $/; <$file> };
server::read_state();
my $status = eval { $kind eq 'cmd' ? cmd::run($text) : powershell::run($text) };
if ($@) {
    print STDERR $@;
    exit 99;
}
server::write_state();
print STDERR "changes: ", server::changes(), "\n";
exit $status;
