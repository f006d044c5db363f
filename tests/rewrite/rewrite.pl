# Writes zones in other words that mean the same.
#
#   perl rewrite.pl KIND SEED <ZONES
#
# A line of ZONES is "ZONE FILE" with a tab between them; beside FILE lie its
# canonical form, FILE.canon, and FILE.generic, the same with data in the form
# of RFC 3597.  What is written is FILE.KIND, and printed are jobs for
# canon_files, which ask whether FILE.KIND is still FILE.canon.  The same seed
# gives the same text.
use strict;
use warnings;
use List::Util 'shuffle';

my ($kind, $seed) = @ARGV;
my ($zone, $file); # that is being written
my $includes = 0;

sub chance { rand() < $_[0] }
sub one_of { $_[int rand @_] }

# ---- names, as canonical text

sub labels { $_[0] =~ /((?:\\\d{3}|\\.|[^.\\])+)\./g }

# Without the origin behind it, where it lies below that, or is it.
sub relative {
    my ($name, $origin) = @_;
    return '@' if $name eq $origin;
    my @name = labels($name);
    my @origin = labels($origin);
    return $name if @name <= @origin;
    for my $label (reverse @origin) {
        return $name if pop @name ne $label;
    }
    return join '.', @name;
}

sub escaped {
    my ($name) = @_;
    $name =~ s{(\\\d{3}|\\.)|([a-z0-9_*-])}
        {$1 // (chance(0.4) ? sprintf('\\%03d', ord(one_of($2, uc $2))) : $2)}ge;
    return $name;
}

sub mixed_case {
    my ($text) = @_;
    $text =~ s/([A-Za-z])/chance(0.5) ? uc $1 : lc $1/ge;
    return $text;
}

# ---- records

# Types whose data are no more than numbers and names.
my $of_names = qr/^(?:NS|CNAME|DNAME|PTR|MX|SRV|SOA|AFSDB|RP|RT|KX|PX)$/;

sub records {
    my ($path) = @_;
    open my $stream, '<', $path or die "$path: $!\n";
    return map {
        /^(\S+) (\d+) IN (\S+) (.*)$/ or die "$path: $_";
        { owner => $1, ttl => $2, class => 'IN', type => $3, data => $4 }
    } <$stream>;
}

# key="value" is one, as it is in SVCB and HTTPS.
sub words {
    my $string = qr{"(?:\\.|[^"\\])*"};
    my $word = qr{(?:\\.|[^\s"\\])+};
    return $_[0] =~ /($word=$string|$string|$word)/g;
}

# Does something to each name in the data, where these are names and numbers.
sub change_names {
    my ($record, $change) = @_;
    return if $record->{type} !~ /$of_names/i;
    $record->{data} = join ' ',
        map { /\.$/ ? $change->($_) : $_ } words($record->{data});
}

sub line {
    my ($record) = @_;
    return join(' ', grep { length }
        @$record{qw(owner ttl class type data)}) . "\n";
}

sub write_file {
    my ($path, @text) = @_;
    open my $stream, '>', $path or die "$path: $!\n";
    print $stream @text;
    close $stream or die "$path: $!\n";
}

# ---- kinds: of a list of records, a list of pieces of text

sub class_anywhere {
    return map {
        my $class = one_of('', 'IN', 'CLASS1', 'in', 'CLASS0');
        my @both = ($class, $_->{ttl});
        join(' ', $_->{owner}, (grep { length } chance(0.5) ? @both
            : reverse @both), $_->{type}, $_->{data}) . "\n"
    } @_;
}

sub in_units {
    my ($left) = @_;
    my @parts;
    for (shuffle([w => 604800], [d => 86400], [h => 3600], [m => 60])) {
        my ($unit, $seconds) = @$_;
        my $count = int($left / $seconds);
        $count = int rand $count + 1 if chance(0.5);
        next if !$count;
        $left -= $count * $seconds;
        push @parts, $count . one_of($unit, uc $unit);
    }
    push @parts, $left . one_of('s', 'S') if $left || !@parts;
    return join '', shuffle(@parts);
}

sub ttl_units {
    return map { line({ %$_, ttl => in_units($_->{ttl}) }) } @_;
}

sub ttl_directive {
    my @text;
    my $default = -1;
    for my $record (@_) {
        if ($record->{ttl} != $default && chance(0.7)) {
            $default = $record->{ttl};
            push @text, one_of("\$TTL $default", "\$ttl (\n$default )"), "\n";
        }
        push @text, line({ %$record,
            ttl => $record->{ttl} == $default ? '' : $record->{ttl} });
    }
    return @text;
}

# The name itself, or any that it lies below.
sub name_above {
    my @labels = labels($_[0]);
    splice @labels, 0, int rand @labels + 1;
    return join('', map { "$_." } @labels) || '.';
}

# What $ORIGIN could say to come from one name to another.
sub origin_words {
    my ($from, $to) = @_;
    my $relative = relative($to, $from);
    return chance(0.7) ? $relative : $to;
}

# Every other record has an origin above its owner, or that itself, and those
# follow from each other.
sub nested_origins {
    my $origin = $zone;
    my @text;
    for my $record (@_) {
        if (chance(0.6)) {
            my $new = name_above($record->{owner});
            push @text, '$ORIGIN ', origin_words($origin, $new), "\n";
            $origin = $new;
        }
        my %record = (%$record, owner => relative($record->{owner}, $origin));
        change_names(\%record, sub { relative($_[0], $origin) });
        push @text, line(\%record);
    }
    return @text;
}

sub last_part { $_[0] =~ s{.*/}{}r }

# The first part includes the second, which includes the third; the fourth
# stands in the first again, where the origin is still what it was.
sub include_split {
    my @lines = map { line($_) } @_;
    my $origin = name_above(one_of(@_)->{owner});
    my @cuts = sort { $a <=> $b } map { int rand @lines + 1 } 1 .. 3;
    my ($one, $two) = map { "$file.$kind." . ++$includes } 1, 2;
    write_file($two, @lines[$cuts[1] .. $cuts[2] - 1]);
    write_file($one, @lines[$cuts[0] .. $cuts[1] - 1],
        "\$INCLUDE \"", last_part($two), "\"\n");
    return (@lines[0 .. $cuts[0] - 1], "\$ORIGIN $origin\n",
        "\$INCLUDE ", last_part($one), " $zone\n",
        map { line({ %$_, owner => relative($_->{owner}, $origin) }) }
            @_[$cuts[2] .. $#_]);
}

sub decimal_escapes {
    return map {
        my %record = (%$_, owner => escaped($_->{owner}));
        change_names(\%record, \&escaped);
        line(\%record)
    } @_;
}

sub letters_of_any_case {
    return map {
        my %record = %$_;
        $record{$_} = mixed_case($record{$_}) for qw(owner class type);
        change_names(\%record, \&mixed_case);
        line(\%record)
    } @_;
}

sub gap {
    my ($is_open) = @_;
    return one_of(' ', "\t", '  ') if !$is_open;
    return one_of(' ', "\n", "\n\n\t", " ; a ) \" comment (\n", "\r\n ",
        ' ( ', ' ( ', "\t");
}

sub in_parentheses {
    return map {
        my @words = (@$_{qw(owner ttl class type)}, words($_->{data}));
        my $from = int rand @words;
        my $text = '';
        my $open = 0;
        for my $i (0 .. $#words) {
            my $gap = $i == 0 ? '' : gap($open);
            if ($i == $from) {
                $gap .= '(';
                $open++;
            }
            $open++ if $gap =~ /^ \( $/;
            $text .= $gap . $words[$i];
        }
        $text . one_of('', ' ', "\n") . ')' x $open . "\n"
    } @_;
}

sub omitted_owners {
    my $last = '';
    return map {
        my $is_same = $_->{owner} eq $last;
        $last = $_->{owner};
        line({ %$_, owner => $is_same && chance(0.8) ? one_of("\t", ' ')
            : $_->{owner} })
    } @_;
}

sub with_comments {
    my @comments = ("; a comment\n", ";\n", "\n", " \t\n", "\t; \"(\n",
        ";;; \\\n", " ; \xc3\xbc \x00\n", "()\n", "( ; x\n )\n");
    return map {
        my $line = line($_);
        $line =~ s/\n/one_of('', ' ', ';', ' ; a \\" comment (')/e;
        ($line, "\n", chance(0.5) ? one_of(@comments) : ())
    } @_;
}

# All records say their TTL: order means nothing but for a DS, which named
# does not have behind an NS of the top.
sub in_any_order {
    return if grep { $_->{type} eq 'DS' } @_;
    return map { line($_) } shuffle(@_);
}

sub told_twice {
    return map { my $line = line($_); chance(0.5) ? $line : ($line, $line) } @_;
}

# Each run of a few records in another way.
my @sections = (\&class_anywhere, \&ttl_units, \&nested_origins,
    \&include_split, \&decimal_escapes, \&letters_of_any_case,
    \&in_parentheses, \&omitted_owners, \&with_comments, \&told_twice);

sub in_sections {
    my @text;
    while (my @section = splice @_, 0, 1 + int rand 4) {
        push @text, one_of(@sections)->(@section), "\$ORIGIN $zone\n";
    }
    return @text;
}

sub one_file { local $/; open my $s, '<', $_[0] or die "$_[0]: $!\n"; <$s> }

my %of_records = (
    'class' => \&class_anywhere,
    'ttl-units' => \&ttl_units,
    'ttl-directive' => \&ttl_directive,
    'origin' => \&nested_origins,
    'include' => \&include_split,
    'escapes' => \&decimal_escapes,
    'case' => \&letters_of_any_case,
    'parentheses' => \&in_parentheses,
    'owners' => \&omitted_owners,
    'comments' => \&with_comments,
    'order' => \&in_any_order,
    'twice' => \&told_twice,
    'sections' => \&in_sections,
);

# Of the text that somebody wrote, which is left alone where a new line can
# be data.
sub lines_of_windows {
    my $text = one_file($file);
    return if $text =~ /\\\r?\n|\r/;
    return $text =~ s/\n/\r\n/gr;
}

sub last_line_open {
    my $text = one_file($file);
    $text =~ s/\s+\z//;
    return if $text =~ m{\\\z|^\$[^\n]*\z|^\$\w+ *\([^()]*\)\z}m;
    return $text;
}

my %of_text = (
    'crlf' => \&lines_of_windows,
    'end' => \&last_line_open,
    'mark' => sub { "\xef\xbb\xbf" . one_file($file) =~ s/^\xef\xbb\xbf//r },
    'cr' => sub { one_file("$file.canon") =~ s/\n/\r/gr },
    'generic' => sub { one_file("$file.generic") },
);

while (<STDIN>) {
    chomp;
    ($zone, $file) = split /\t/;
    srand $seed + $.;
    my @text = $of_records{$kind}
        ? $of_records{$kind}->(records("$file.canon")) : $of_text{$kind}->();
    next if !@text;
    write_file("$file.$kind", @text);
    print "$zone\t$file.$kind\t$file.canon\n";
}
