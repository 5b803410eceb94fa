// A .tar.gz and a .deb of dist/linux-unpacked, by tar and dpkg-deb: electron-builder would fetch
// tools of its own for both.
import fs from 'node:fs'
import path from 'node:path'
import { mustRun } from '../command.mjs'
import { inProject, manifest } from '../project.mjs'

const unpacked = inProject('dist', 'linux-unpacked')

/** @returns {string} the archive's path */
export function makeTarball() {
  const { name, version } = manifest()
  const archive = inProject('dist', `${name}-${version}-linux-x64.tar.gz`)
  const rename = `s,^linux-unpacked,${name}-${version},`
  mustRun('tar', [
    '--directory',
    inProject('dist'),
    '--transform',
    rename,
    '--sort=name',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '-czf',
    archive,
    'linux-unpacked',
  ])
  return archive
}

/** @returns {string} the package's path */
export function makeDebianPackage() {
  const { name, version } = manifest()
  const tree = fs.mkdtempSync(inProject('dist', 'deb-'))
  try {
    fs.chmodSync(tree, 0o755)
    layOut(tree)
    const file = inProject('dist', `${name}_${version}_amd64.deb`)
    mustRun('dpkg-deb', ['--root-owner-group', '-Zxz', '-z1', '--build', tree, file])
    return file
  } finally {
    fs.rmSync(tree, { recursive: true, force: true })
  }
}

/** @param {string} tree */
function layOut(tree) {
  const { name, productName } = manifest()
  const home = `/opt/${productName}`
  const program = `${home}/${name}`
  fs.cpSync(unpacked, path.join(tree, home), { recursive: true })
  fs.mkdirSync(path.join(tree, 'usr/bin'), { recursive: true })
  fs.symlinkSync(program, path.join(tree, 'usr/bin', name))

  /** @param {string} file @param {string | Buffer} content @param {number} [mode] */
  const write = (file, content, mode = 0o644) => {
    fs.mkdirSync(path.dirname(path.join(tree, file)), { recursive: true })
    fs.writeFileSync(path.join(tree, file), content, { mode })
  }
  write(`usr/share/applications/${name}.desktop`, desktopEntry(program))
  write(`usr/share/doc/${name}/copyright`, fs.readFileSync(inProject('LICENSE')))
  for (const [folder, icon] of [
    ['1024x1024', 'icon.png'],
    ['scalable', 'icon.svg'],
  ]) {
    const target = `usr/share/icons/hicolor/${folder}/apps/${name}${path.extname(`${icon}`)}`
    write(target, fs.readFileSync(inProject('assets', `${icon}`)))
  }
  write(`etc/apparmor.d/${name}`, appArmorProfile(program))
  write('DEBIAN/conffiles', `/etc/apparmor.d/${name}\n`)
  write('DEBIAN/control', control(sizeOf(path.join(tree, 'opt'))))
  write('DEBIAN/postinst', afterInstall(home), 0o755)
}

/** @param {string} program */
function desktopEntry(program) {
  const { name, productName, description } = manifest()
  return `[Desktop Entry]
Type=Application
Name=${productName}
Comment=${description}
Exec=${program} %F
Icon=${name}
Categories=Utility;Archiving;Education;
StartupWMClass=${productName}
`
}

/** Ubuntu 24.04 and newer let only programs with a profile make the namespaces of a sandbox. */
/** @param {string} program */
function appArmorProfile(program) {
  const { name } = manifest()
  return `abi <abi/4.0>,
include <tunables/global>

profile ${name} ${program} flags=(unconfined) {
  userns,
  include if exists <local/${name}>
}
`
}

/** @param {number} sizeBytes */
function control(sizeBytes) {
  const { name, version, author, homepage, description } = manifest()
  return `Package: ${name}
Version: ${version}
Architecture: amd64
Maintainer: ${author}
Homepage: ${homepage}
Section: utils
Priority: optional
Installed-Size: ${Math.ceil(sizeBytes / 1024)}
Depends: libgtk-3-0 | libgtk-3-0t64, libnss3, libasound2 | libasound2t64, libgbm1
Description: ${description}
`
}

/**
 * Without namespaces for plain users, Chromium's sandbox needs its setuid helper; an older
 * AppArmor does not read the profile, and does not need it.
 * @param {string} home
 */
const afterInstall = (home) => `#!/bin/sh
set -e
if [ -e /proc/sys/kernel/unprivileged_userns_clone ] \\
  && [ "$(cat /proc/sys/kernel/unprivileged_userns_clone)" = 0 ]; then
  chmod 4755 '${home}/chrome-sandbox'
fi
if command -v apparmor_parser > /dev/null; then
  apparmor_parser --replace /etc/apparmor.d/${manifest().name} 2> /dev/null || true
fi
`

/** @param {string} folder @returns {number} */
function sizeOf(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .map(({ name }) => path.join(folder, name))
    .reduce((sum, at) => {
      const stat = fs.lstatSync(at)
      return sum + (stat.isDirectory() ? sizeOf(at) : stat.size)
    }, 0)
}
