# Starts a program, notes it by pid and creation date, and exits as it does.
$ErrorActionPreference = 'SilentlyContinue'; $f = Join-Path $env:TEMP '%s'
function Get-One($i) { Get-CimInstance Win32_Process -Filter "ProcessId=$i" }
$env:PITOT_LAB_TAG = '%s'
try { $p = Start-Process -FilePath %s%s -NoNewWindow -PassThru -ErrorAction Stop; $null = $p.Handle }
catch { [Console]::Error.WriteLine($_.Exception.Message); exit 127 }
Set-Content -LiteralPath $f -Value "$($p.Id) $((Get-One $p.Id).CreationDate.Ticks)"
$p.WaitForExit(); exit $p.ExitCode
