import Commands
import Storage

/// How the page of the account puts licences and sessions into words.
struct AccountWords {
    let templates: PageTemplates
    let language: Language
    let now: Timestamp

    /// Whether the licence has not ended.
    func isCurrent(_ license: LicenseView) -> Bool { license.validUntil.map { now < $0 } ?? true }

    func values(of license: LicenseView) throws -> [String: Any] {
        var values: [String: Any] = [
            "product": license.productId, "seatsUsed": String(license.seatsUsed), "seats": String(license.seats),
            "taken": try templates.text(
                .seatsTaken, in: language, ["used": String(license.seatsUsed), "all": String(license.seats)]),
        ]
        if let end = license.validUntil {
            values["endLabel"] = try templates.text(isCurrent(license) ? .licenceEnds : .licenceEnded, in: language)
            values["end"] = try moment(end)
        } else {
            values["endLabel"] = try templates.text(.licenceHasNoEnd, in: language)
        }
        return values
    }

    func values(of session: SessionView, current: Session.ID) throws -> [String: Any] {
        let isPage = session.deviceId?.hasPrefix(AccountLoginPage.devicePrefix) ?? false
        var values: [String: Any] = [
            "id": session.id.description, "device": try device(session, isPage: isPage),
            "lastUsed": try moment(session.lastUsedAt), "isCurrent": session.id == current, "isPage": isPage,
            "isSeated": !session.limited,
        ]
        if !session.limited { values["product"] = session.productId }
        if let name = session.deviceId, !isPage { values["deviceName"] = name }
        let place = [session.city, session.region, session.country].compactMap(\.self)
        if !place.isEmpty {
            values["place"] = place.enumerated().filter { !place.prefix($0.offset).contains($0.element) }
                .map(\.element).joined(separator: ", ")
        }
        return values
    }

    private func device(_ session: SessionView, isPage: Bool) throws -> String {
        let name = session.userAgent.flatMap(DeviceName.init(userAgent:))
        let device =
            switch (name?.program, name?.system) {
            case (let program?, let system?):
                try templates.text(.programOnSystem, in: language, ["program": program, "system": system])
            case (let program?, nil): program
            default: try session.deviceId ?? templates.text(.unknownDevice, in: language)
            }
        return isPage ? try templates.text(.accountPage, in: language, ["device": device]) : device
    }

    /// A moment for people, in UTC; and for the script, which says it in the reader's own time zone.
    private func moment(_ time: Timestamp) throws -> [String: String] {
        let text = time.description
        let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
        let months = try templates.text(.months, in: language).split(separator: " ")
        guard parts.count == 3, months.indices.contains(parts[1] - 1) else { return ["machine": text, "text": text] }
        return [
            "machine": text,
            "text": try templates.text(
                .moment, in: language,
                [
                    "day": String(parts[2]), "month": String(months[parts[1] - 1]), "year": String(parts[0]),
                    "time": String(text.dropFirst(11).prefix(5)),
                ]),
        ]
    }
}
